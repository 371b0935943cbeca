import type { Network } from '../network/network.js';
import { type BatchSource, createBatchReader, type TrainingBatch } from './batch-reader.js';
import { batchCount } from './batches.js';
import { requireSmallLoss, requireSound } from './divergence.js';
import { interleave } from './drain.js';
import { type EpochBatch, epochBatches } from './epoch-batches.js';
import { createLearner, replaceLearner } from './learner.js';
import { learningRateAt } from './learning-rate-schedule.js';
import type { LoopPosition, LoopState } from './loop-state.js';
import { memoryRoom } from './memory-room.js';
import type { WeightMap } from './network-weights.js';
import { explainFailure, freeIfPossible } from './out-of-memory.js';
import { randomGenerator } from './random-generator.js';
import { readAhead } from './read-ahead.js';
import type { LabelledSource } from './score-examples.js';
import type { EpochRecord, Score, TrainingEvent } from './training-event.js';
import {
  baseLearningRate,
  smallestBatch,
  standardLearningRate,
  type TrainingOptions,
} from './training-options.js';
import type { TrainingSession } from './training-session.js';
import type { UnfreezingSchedule } from './unfreezing-schedule.js';

const stepEventMilliseconds = 250;

export interface LoopProblem extends BatchSource {
  readonly phase: 'head' | 'tail';
  /** From what the sources hold to probabilities. */
  readonly network: Network;
  readonly unfreezing: UnfreezingSchedule;
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
 * stopped, bit for bit on the same backend. A checkpoint never holds weights that aren't finite.
 *
 * Throws `training-diverged`, `out-of-memory`, and `cancelled` after a checkpoint.
 */
export async function* gradientLoop(
  problem: LoopProblem,
  { options, session, history, encode }: LoopContext,
  resume: LoopState | undefined,
): AsyncGenerator<TrainingEvent, LoopResult> {
  const { phase, network, views, labels, unfreezing, validation } = problem;
  const { epochs, batchSize, patience, seed } = options;
  const epochShape = {
    size: labels.length,
    views: views.length,
    batchSize,
    smallest: smallestBatch(options),
  };
  const steps = batchCount(labels.length, batchSize, epochShape.smallest);
  const schedule = { base: baseLearningRate(options, phase), steps: steps * epochs, warmUp: options.warmUp };
  const readBatch = createBatchReader(problem, options);
  const placeAt = (at: string) => ({
    at,
    learningRate: schedule.base,
    standard: standardLearningRate(options, phase),
  });
  const room = memoryRoom();
  let rates = unfreezing.ratesAt(Math.max(1, resume?.position.epoch ?? 1));
  let learner = createLearner(network, rates, options, resume?.learner);
  let bestWeights: WeightMap = resume?.bestWeights ?? new Map();
  let position: LoopPosition = resume?.position ?? {
    epoch: 0,
    step: 0,
    sums: emptySums,
    best: { epoch: 0, validation: null },
  };
  let lastStepEvent = -Infinity;

  const capture = async (): Promise<Uint8Array> => {
    const state = await learner.readState();
    requireSound(state.weights, null, placeAt(`after step ${position.step} of epoch ${position.epoch}`));
    return encode({ position, bestWeights, learner: state });
  };
  const endStep = (force = false) => session.endStep(phase, capture, force);

  const validate = async function* (): AsyncGenerator<TrainingEvent, Score | null> {
    return validation && (yield* interleave(learner.score(validation), () => endStep()));
  };

  const takeStep = async (batch: TrainingBatch, learningRate: number): Promise<number> => {
    const { epoch, step, sums } = position;
    const dropoutSeed = randomGenerator(seed, phase, 'dropout', epoch, step).bits();
    const { loss, hits } = await learner.step(batch, { learningRate, seed: dropoutSeed });
    requireSmallLoss(loss, placeAt(`at step ${step + 1} of epoch ${epoch}`));
    const count = batch.labels.length;
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

  /** The weights that train in the epoch to come. */
  const unfreeze = async (): Promise<void> => {
    const next = unfreezing.ratesAt(position.epoch);
    if (next === rates || position.epoch > epochs) return;
    rates = next;
    learner = await replaceLearner(learner, network, rates, options);
  };

  const runEpoch = async function* (): AsyncGenerator<TrainingEvent, void> {
    const { epoch } = position;
    const before = session.seconds() - position.sums.seconds;
    const tick = (): void => {
      position = { ...position, sums: { ...position.sums, seconds: session.seconds() - before } };
    };
    const draw = { phase, epoch, seed };
    const batches = [...epochBatches(epochShape, draw).entries()];
    const read = ([step, batch]: [number, EpochBatch]): Promise<TrainingBatch> =>
      readBatch(batch, { ...draw, step });
    for await (const [[step], batch] of readAhead(batches.slice(position.step), read)) {
      const learningRate = learningRateAt((epoch - 1) * steps + step, schedule);
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
    requireSound(weights, score, placeAt(`after step ${steps}, the last of epoch ${epoch}`));
    tick();
    const { sums, best } = position;
    const record: EpochRecord = {
      phase,
      epoch,
      epochs,
      loss: sums.loss / sums.count,
      accuracy: sums.hits / sums.count,
      validation: score,
      learningRate: learningRateAt(epoch * steps - 1, schedule),
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
    await unfreeze();
    yield { type: 'epoch-end', ...record };
    yield* endStep(true);
  };

  /** Epochs before all blocks train don't count. */
  const isPatient = (): boolean => {
    const since = Math.max(position.best.epoch, unfreezing.completeFrom - 1);
    return validation === null || patience === null || position.epoch - 1 - since < patience;
  };

  try {
    if (position.epoch === 0) {
      const start = options.keepStart ? yield* validate() : null;
      position = { ...position, epoch: 1, best: { epoch: 0, validation: start } };
    }
    while (position.epoch <= epochs && isPatient()) yield* runEpoch();
    return { weights: bestWeights, best: position.best };
  } catch (error) {
    throw explainFailure(error, network, Math.ceil(labels.length / steps), room);
  } finally {
    freeIfPossible(learner);
  }
}
