import type { Network } from '../network/network.js';
import { classWeights } from './class-weights.js';
import { requireFinite, requireSmallLoss } from './divergence.js';
import { interleave } from './drain.js';
import { type EpochBatch, epochBatches } from './epoch-batches.js';
import { type ExampleSource, joinExamples } from './example-source.js';
import { createLearner, type Learner } from './learner.js';
import { learningRateAt } from './learning-rate-schedule.js';
import type { LoopPosition, LoopState } from './loop-state.js';
import type { WeightMap } from './network-weights.js';
import { randomGenerator } from './random-generator.js';
import type { LabelledSource } from './score-examples.js';
import type { EpochRecord, Score, TrainingEvent } from './training-event.js';
import { baseLearningRate, type TrainingOptions } from './training-options.js';
import type { TrainingSession } from './training-session.js';

const stepEventMilliseconds = 250;

export interface LoopProblem {
  readonly phase: 'head' | 'tail';
  /** From what the sources hold to probabilities. */
  readonly network: Network;
  readonly classes: number;
  /** Multipliers of the learning rate of the weights that train. */
  readonly rates: ReadonlyMap<string, number>;
  /** The training examples, then the same ones in other views. */
  readonly views: readonly ExampleSource[];
  /** Of the training examples. */
  readonly labels: Int32Array;
  readonly validation: LabelledSource | null;
}

export interface LoopResult {
  /** Those of the best epoch that differ from the network's. */
  readonly weights: WeightMap;
  readonly best: LoopPosition['best'];
}

/** What the loop shares with the training it is a part of. */
export interface LoopContext {
  readonly options: TrainingOptions;
  readonly session: TrainingSession;
  /** Every epoch is added to it. */
  readonly history: EpochRecord[];
  /** A checkpoint of the whole training with the loop in this state. */
  encode(state: LoopState): Promise<Uint8Array>;
}

const emptySums = { loss: 0, hits: 0, count: 0, seconds: 0 };

/**
 * Trains weights by gradient descent over shuffled batches, stops early, and gives the weights of the epoch with the
 * lowest validation loss (of the last epoch without validation data). Epoch 0 is the network as it came, so training
 * never gives weights that validate worse than those it began with. Every random choice is drawn from a stream named
 * by phase, epoch and step: a loop that goes on from a state ends with the same weights as one that was never
 * stopped, bit for bit on the same backend. Throws `training-diverged`, and `cancelled` after a checkpoint.
 */
export async function* gradientLoop(
  problem: LoopProblem,
  { options, session, history, encode }: LoopContext,
  resume: LoopState | undefined,
): AsyncGenerator<TrainingEvent, LoopResult> {
  const { phase, views, labels, validation } = problem;
  const { epochs, batchSize, patience, labelSmoothing, gradientClip, seed } = options;
  const source = joinExamples(views);
  const steps = Math.ceil(labels.length / batchSize);
  const weightOf = classWeights(labels, problem.classes, options.classWeights);
  const schedule = { base: baseLearningRate(options, phase), steps: steps * epochs, warmUp: options.warmUp };
  const learner: Learner = createLearner(problem.network, problem.rates, options, resume?.learner);
  let bestWeights: WeightMap = resume?.bestWeights ?? new Map();
  let position: LoopPosition = resume?.position ?? {
    epoch: 0,
    step: 0,
    sums: emptySums,
    best: { epoch: 0, validation: null },
  };
  let lastStepEvent = -Infinity;

  const capture = async (): Promise<Uint8Array> =>
    encode({ position, bestWeights, learner: await learner.readState() });
  const endStep = (force = false) => session.endStep(phase, capture, force);

  const validate = async function* (): AsyncGenerator<TrainingEvent, Score | null> {
    return validation && (yield* interleave(learner.score(validation), () => endStep()));
  };

  const takeStep = async (batch: EpochBatch, learningRate: number): Promise<number> => {
    const { epoch, step, sums } = position;
    const own = batch.examples.map((example) => labels[example]!);
    const dropoutSeed = randomGenerator(seed, phase, 'dropout', epoch, step).bits();
    const { loss, hits } = await learner.step(
      { source, rows: batch.rows, labels: own, weights: own.map((label) => weightOf[label]!) },
      { learningRate, labelSmoothing, gradientClip, seed: dropoutSeed },
    );
    requireSmallLoss(loss, step + 1, epoch, learningRate);
    const count = own.length;
    position = {
      ...position,
      step: step + 1,
      sums: {
        ...sums,
        loss: sums.loss + count * loss,
        hits: sums.hits + hits,
        count: sums.count + count,
      },
    };
    return loss;
  };

  const runEpoch = async function* (): AsyncGenerator<TrainingEvent, void> {
    const { epoch } = position;
    const before = session.seconds() - position.sums.seconds;
    const tick = (): void => {
      position = { ...position, sums: { ...position.sums, seconds: session.seconds() - before } };
    };
    const batches = epochBatches(labels.length, views.length, batchSize, { phase, epoch, seed });
    let learningRate = 0;
    for (const [step, batch] of batches.entries()) {
      learningRate = learningRateAt((epoch - 1) * steps + step, schedule);
      if (step < position.step) continue;
      const loss = await takeStep(batch, learningRate);
      tick();
      if (performance.now() - lastStepEvent >= stepEventMilliseconds) {
        lastStepEvent = performance.now();
        yield { type: 'step', phase, epoch, epochs, step: step + 1, steps, loss, learningRate };
      }
      yield* endStep();
    }
    const score = yield* validate();
    const weights = await learner.readWeights();
    requireFinite(weights, score, epoch, schedule.base);
    tick();
    const { sums, best } = position;
    const record: EpochRecord = {
      phase,
      epoch,
      epochs,
      loss: sums.loss / sums.count,
      accuracy: sums.hits / sums.count,
      validation: score,
      learningRate,
      seconds: sums.seconds,
    };
    history.push(record);
    const improves = score === null || best.validation === null || score.loss < best.validation.loss;
    if (improves) bestWeights = weights;
    position = {
      epoch: epoch + 1,
      step: 0,
      sums: emptySums,
      best: improves ? { epoch, validation: score } : best,
    };
    yield { type: 'epoch-end', ...record };
    yield* endStep(true);
  };

  const isPatient = (): boolean =>
    validation === null || patience === null || position.epoch - 1 - position.best.epoch < patience;

  try {
    if (position.epoch === 0) {
      position = { ...position, epoch: 1, best: { epoch: 0, validation: yield* validate() } };
    }
    while (position.epoch <= epochs && isPatient()) yield* runEpoch();
    return { weights: bestWeights, best: position.best };
  } finally {
    learner.dispose();
  }
}
