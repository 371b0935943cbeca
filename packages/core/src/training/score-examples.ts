import * as tf from '@tensorflow/tfjs';
import type { InferenceExecutor } from '../executors/compile-inference.js';
import { sizeOf } from '../network/size-of.js';
import { inferenceBatchSize, readBatch } from './activations.js';
import { type ExampleSource, range } from './example-source.js';
import type { Score } from './training-event.js';

/** Examples with a class index each. */
export interface LabelledSource {
  readonly source: ExampleSource;
  readonly labels: Int32Array;
}

/** Sum of cross-entropies and count of hits of rows of logits, in double precision. */
export const scoreLogits = (
  logits: Float32Array,
  labels: readonly number[],
  classes: number,
): { loss: number; hits: number } => {
  let loss = 0;
  let hits = 0;
  for (const [row, label] of labels.entries()) {
    const values = logits.subarray(row * classes, (row + 1) * classes);
    const highest = values.reduce((a, b) => Math.max(a, b));
    const total = values.reduce((sum, value) => sum + Math.exp(value - highest), 0);
    loss += Math.log(total) + highest - values[label]!;
    if (values.indexOf(highest) === label) hits++;
  }
  return { loss, hits };
};

/** Mean loss and accuracy of what gives logits, yielding between batches. */
export async function* scoreExamples(
  { run, outputShape }: Pick<InferenceExecutor, 'run' | 'outputShape'>,
  { source, labels }: LabelledSource,
): AsyncGenerator<undefined, Score> {
  const classes = outputShape[0]!;
  const batchSize = inferenceBatchSize(sizeOf(source.shape));
  let loss = 0;
  let hits = 0;
  for (let start = 0; start < source.size; start += batchSize) {
    const indices = range(start, Math.min(start + batchSize, source.size));
    const inputs = await readBatch(source, indices);
    const output = run(inputs);
    const own = indices.map((index) => labels[index]!);
    const score = scoreLogits(await output.data<'float32'>(), own, classes);
    tf.dispose([inputs, output]);
    loss += score.loss;
    hits += score.hits;
    yield;
  }
  return { loss: loss / source.size, accuracy: hits / source.size };
}
