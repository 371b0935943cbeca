import { sizeOf } from '../network/size-of.js';
import { classWeights } from './class-weights.js';
import { targetRows } from './cross-entropy.js';
import type { EpochBatch, EpochDraw } from './epoch-batches.js';
import { type ExampleSource, joinExamples } from './example-source.js';
import { drawMixing, mixExamples } from './mix-examples.js';
import { randomGenerator } from './random-generator.js';
import type { TrainingOptions } from './training-options.js';

/** A batch as a step takes it. */
export interface TrainingBatch {
  /** `[n, ...shape]` */
  readonly inputs: Float32Array;
  /** `[n, classes]`: the share of each class, smoothed, mixed, times the class's weight in the loss. */
  readonly targets: Float32Array;
  /** The class of each example; of mixed ones the class of the larger share. */
  readonly labels: readonly number[];
}

/** Where a batch stands in its training: what its random choices depend on. */
export interface BatchPlace extends EpochDraw {
  readonly step: number;
}

export interface BatchSource {
  /** The training examples, then the same ones in other views. */
  readonly views: readonly ExampleSource[];
  /** Of the training examples. */
  readonly labels: Int32Array;
  readonly classes: number;
}

export type BatchReader = (batch: EpochBatch, place: BatchPlace) => Promise<TrainingBatch>;

/** A function that reads batches with their targets; `mix` is for sources of images. */
export const createBatchReader = (
  { views, labels, classes }: BatchSource,
  {
    classWeights: kind,
    labelSmoothing,
    mix,
  }: Pick<TrainingOptions, 'classWeights' | 'labelSmoothing' | 'mix'>,
): BatchReader => {
  const source = joinExamples(views);
  const weightOf = classWeights(labels, classes, kind);
  return async ({ examples, rows }, { seed, phase, epoch, step }) => {
    const read = new Float32Array(rows.length * sizeOf(source.shape));
    await source.read(rows, read);
    const own = examples.map((example) => labels[example]!);
    const plain = targetRows(own, classes, labelSmoothing).map(
      (target, index) => target * weightOf[own[Math.floor(index / classes)]!]!,
    );
    if (mix === null) return { inputs: read, targets: plain, labels: own };
    const generator = randomGenerator(seed, phase, 'mix', epoch, step);
    const mixing = drawMixing(mix, rows.length, source.shape, generator);
    const { images, targets } = mixExamples(read, source.shape, plain, mixing);
    const larger = mixing.share >= 0.5 ? own : mixing.partners.map((partner) => own[partner]!);
    return { inputs: images, targets, labels: larger };
  };
};
