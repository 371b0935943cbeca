import type { LinearHead } from '../grafting/linear-head.js';
import type { Network } from '../network/network.js';
import { classWeights } from './class-weights.js';
import { interleave } from './drain.js';
import { type ExampleSource, joinExamples } from './example-source.js';
import type { HeldOutScore } from './head/evaluate-heads.js';
import { fitHead, type HeadProgress } from './head/fit-head.js';
import { type WeightMap, withWeights } from './network-weights.js';
import type { LabelledSource } from './score-examples.js';
import { scoreNetwork } from './score-network.js';
import type { EpochRecord, HeadSummary, TrainingEvent } from './training-event.js';
import type { TrainingOptions } from './training-options.js';
import type { TrainingSession } from './training-session.js';

export interface ExactHeadProblem {
  /** From pooled features to probabilities. */
  readonly classifier: Network;
  readonly linear: LinearHead;
  readonly classes: number;
  /** Pooled features of the training examples, then of the same ones in other views. */
  readonly views: readonly ExampleSource[];
  readonly labels: Int32Array;
  readonly validation: LabelledSource | null;
}

export interface ExactHeadContext {
  readonly options: TrainingOptions;
  readonly session: TrainingSession;
  /** Scores of fits made before an interruption. */
  readonly scores: readonly HeldOutScore[];
  /** A checkpoint of the whole training with these fits done. */
  encode(scores: readonly HeldOutScore[]): Promise<Uint8Array>;
}

export interface ExactHeadResult {
  readonly weights: WeightMap;
  readonly summary: HeadSummary;
  readonly record: EpochRecord;
}

/** Fits a linear head to its optimum and scores it; ends a step of the session after every evaluation. */
export async function* exactHeadPhase(
  { classifier, linear, classes, views, labels, validation }: ExactHeadProblem,
  { options, session, scores, encode }: ExactHeadContext,
): AsyncGenerator<TrainingEvent, ExactHeadResult> {
  const started = session.seconds();
  const [kernel, bias] = [linear.kernel, linear.bias].map((name) => classifier.weights.get(name)!);
  let fitted = scores;
  const endStep = () => session.endStep('head', () => encode(fitted));

  const fitting = fitHead(
    {
      features: joinExamples(views),
      labels,
      classes,
      classWeights: classWeights(labels, classes, options.classWeights),
    },
    { kernel: kernel!.data, bias: bias!.data },
    {
      regularisation: options.headRegularisation,
      labelSmoothing: options.labelSmoothing,
      seed: options.seed,
      scores,
    },
  );
  let last: HeadProgress | null = null;
  const { weights: found, summary } = yield* interleave(fitting, async function* (progress): AsyncGenerator<
    TrainingEvent,
    void
  > {
    const { done, total } = progress;
    if (last === null) yield { type: 'phase-start', phase: 'head', total };
    if (last?.done !== done) yield { type: 'head-fit', done, total };
    last = progress;
    fitted = progress.scores;
    yield* endStep();
  });

  const weights: WeightMap = new Map([
    [linear.kernel, { shape: kernel!.shape, data: found.kernel }],
    [linear.bias, { shape: bias!.shape, data: found.bias }],
  ]);
  const network = withWeights(classifier, weights);
  const score = (data: LabelledSource) => interleave(scoreNetwork(network, data), endStep);
  const training = yield* score({ source: views[0]!, labels });
  const record: EpochRecord = {
    phase: 'head',
    epoch: 1,
    epochs: 1,
    ...training,
    validation: validation && (yield* score(validation)),
    learningRate: null,
    seconds: session.seconds() - started,
  };
  yield { type: 'epoch-end', ...record };
  return { weights, summary, record };
}
