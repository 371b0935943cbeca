import { RegraftError } from '@regraft/errors';
import type { Model } from '../grafting/model.js';
import { splitModel } from '../grafting/split-model.js';
import { createBatchReader } from './batch-reader.js';
import { createBreather, throwIfCancelled } from './breathe.js';
import { drain } from './drain.js';
import { type EpochBatch, epochBatches } from './epoch-batches.js';
import { fingerprintOf } from './fingerprint.js';
import { createLearner } from './learner.js';
import { memoryRoom } from './memory-room.js';
import { withWeights } from './network-weights.js';
import { explainFailure, freeIfPossible } from './out-of-memory.js';
import { randomGenerator } from './random-generator.js';
import { type RangePoint, type RateRange, rangeTest } from './range-test.js';
import { requireMixable } from './require-mixable.js';
import { type RateSuggestion, suggestLearningRate } from './suggest-learning-rate.js';
import { checkTrainingData, type TrainingData } from './training-data.js';
import { parseTrainingOptions, smallestBatch, type TrainingOptionsInput } from './training-options.js';
import { headPhase, type Run, type SourceSet, trunkPhase } from './training-phases.js';
import { createSession } from './training-session.js';
import { freshTrainingState } from './training-state.js';
import { unfreezingSchedule } from './unfreezing-schedule.js';

/** Options of the training that the rate is for (its epochs and its own rate don't matter), and of the test. */
export interface FindLearningRateOptions extends TrainingOptionsInput, Partial<RateRange> {
  readonly signal?: AbortSignal | undefined;
  /** Takes every point of the curve as it comes. */
  readonly onPoint?: ((point: RangePoint, steps: number) => void) | undefined;
}

/** What a learning rate range test found. */
export interface LearningRateSearch extends RateSuggestion {
  /** `head` where the freeze plan trains the head alone. */
  readonly phase: 'head' | 'tail';
  readonly points: readonly RangePoint[];
  /** Whether the test ended because the loss blew up. */
  readonly diverged: boolean;
}

const requirePoints = (points: readonly RangePoint[]): readonly RangePoint[] => {
  if (points.length > 0) return points;
  throw new RegraftError({
    code: 'data-invalid',
    message: 'A range test starts with a finite loss. Received: one that is none.',
    hint: "Check that the examples and the model's weights are finite numbers.",
  });
};

/** Takes the model and its data to where the test begins: sources at the cut, and the head fitted if blocks train. */
const prepare = async (run: Run, data: SourceSet & { readonly holdsImages: boolean }) => {
  const { trunk, tail } = splitModel(run.model);
  const ignore = (): void => {};
  const computes = data.holdsImages && trunk.nodes.length > 1;
  const sources = computes ? await drain(trunkPhase(run, trunk, data), ignore) : data;
  if (run.state.phase === 'head') await drain(headPhase(run, tail, sources), ignore);
  return { network: withWeights(tail, run.state.headWeights), views: sources.views };
};

/**
 * Looks for a learning rate by the range test (Smith 2017): mini-batches at rates that grow from `from` (1e-7) to `to`
 * (10) over `steps` (100), with the optimiser, the blocks and the data that `train` would have, the head fitted first if
 * blocks train. The model stays as it is. Data as of `train`, validation examples unused. Deterministic from the seed.
 * Throws as `train` does, and `data-invalid` for a loss that isn't finite at the start.
 *
 * @example const { suggestion, points } = await findLearningRate(model, { training }, { batchSize: 16 });
 */
export const findLearningRate = async (
  model: Model,
  data: TrainingData,
  { signal, onPoint, from = 1e-7, to = 10, steps = 100, ...recipe }: FindLearningRateOptions = {},
): Promise<LearningRateSearch> => {
  const options = { ...parseTrainingOptions(recipe), ema: null };
  requireMixable(model, options);
  const checked = { ...checkTrainingData(model, data), validation: null };
  const phase = model.plan.trained.length > 1 ? 'tail' : 'head';
  const fingerprint = await fingerprintOf(model, checked, options);
  const state = freshTrainingState(fingerprint, phase === 'tail' && options.headFirst ? 'head' : 'tail');
  const { labels } = checked;
  const run: Run = { model, options, session: createSession({ signal }, 0), labels, held: [], state };
  try {
    const { network, views } = await prepare(run, checked);
    const { ratesAt } = unfreezingSchedule(model, { ...options, unfreezing: 'together' }, network.weights);
    const readBatch = createBatchReader({ views, labels, classes: model.labels.length }, options);
    const { batchSize, seed } = options;
    const shape = { size: labels.length, views: views.length, batchSize, smallest: smallestBatch(options) };
    const breathe = createBreather();
    const room = memoryRoom();
    const learner = createLearner(network, ratesAt(1), options);
    let epoch = 0;
    let waiting: EpochBatch[] = [];
    const takeStep = async (learningRate: number, step: number): Promise<number> => {
      throwIfCancelled(signal);
      await breathe();
      if (waiting.length === 0) waiting = epochBatches(shape, { phase, epoch: ++epoch, seed });
      const next = waiting.shift()!;
      const dropoutSeed = randomGenerator(seed, phase, 'dropout', epoch, step).bits();
      try {
        const batch = await readBatch(next, { phase, epoch, seed, step });
        return (await learner.step(batch, { learningRate, seed: dropoutSeed })).loss;
      } catch (error) {
        throw explainFailure(error, network, next.rows.length, room);
      }
    };
    try {
      const points: RangePoint[] = [];
      const { diverged } = await drain(rangeTest(takeStep, { from, to, steps }), (point) => {
        points.push(point);
        onPoint?.(point, steps);
      });
      return { phase, ...suggestLearningRate(requirePoints(points)), points, diverged };
    } finally {
      freeIfPossible(learner);
    }
  } finally {
    for (const activations of run.held) freeIfPossible(activations);
  }
};
