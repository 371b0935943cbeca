import { compileTrainable } from '../executors/compile-trainable.js';
import type { Network } from '../network/network.js';
import type { TrainingBatch } from './batch-reader.js';
import { createGradientStep, type StepOptions } from './gradient-step.js';
import { logitsNetwork, type WeightMap, withWeights } from './network-weights.js';
import { adamW, type Optimiser, type OptimiserState, type ParameterLayout, sgd } from './optimiser.js';
import { createParameterVector } from './parameter-vector.js';
import { type LabelledSource, scoreExamples, scoreLogits } from './score-examples.js';
import { scoreNetwork } from './score-network.js';
import type { Score } from './training-event.js';
import type { TrainingOptions } from './training-options.js';
import type { WeightRates } from './unfreezing-schedule.js';
import { createWeightAverage, type WeightAverageState } from './weight-average.js';

/** Weights and optimiser as they were between two steps. */
export interface LearnerState {
  /** Those that differ from the network's. */
  readonly weights: WeightMap;
  readonly optimiser: OptimiserState;
  /** Null where weights aren't averaged. */
  readonly average: WeightAverageState | null;
}

/** A network under training: its variables and its optimiser, on the current backend. */
export interface Learner {
  /** One optimiser step; gives the batch's loss and count of hits before it. */
  step(batch: TrainingBatch, options: StepOptions): Promise<{ loss: number; hits: number }>;
  /** Loss and accuracy in inference mode, of averaged weights if there are any, yielding between batches. */
  score(data: LabelledSource): AsyncGenerator<undefined, Score>;
  /** The weights that differ from the network's, averaged if they are. */
  readWeights(): Promise<WeightMap>;
  readState(): Promise<LearnerState>;
  dispose(): void;
}

const createOptimiser = (
  layout: ParameterLayout,
  { optimiser, weightDecay, momentum }: TrainingOptions,
  state: OptimiserState | undefined,
): Optimiser =>
  optimiser === 'adamw'
    ? adamW(layout, { weightDecay }, state)
    : sgd(layout, { weightDecay, momentum }, state);

/**
 * Prepares a network that ends in softmax for training. `rates` are multipliers of the learning rate, by name, of
 * the weights that train; `state` continues from where `readState` was called.
 */
export const createLearner = (
  network: Network,
  rates: WeightRates,
  options: TrainingOptions,
  state?: LearnerState,
): Learner => {
  const executor = compileTrainable(logitsNetwork(withWeights(network, state?.weights)), {
    trainable: new Set(rates.keys()),
    batchNorm: options.batchNorm,
  });
  const classes = executor.outputShape[0]!;
  const vector = createParameterVector(executor.variables, rates);
  const optimiser = createOptimiser(vector.layout, options, state?.optimiser);
  const gradientStep = createGradientStep(executor, vector, optimiser, options.gradientClip);
  const names = [...executor.variables.keys()];
  const average =
    options.ema === null
      ? null
      : createWeightAverage(vector, names, options.ema, state?.average ?? undefined);
  const readLatest = async (): Promise<WeightMap> => {
    vector.scatter();
    const weights = await executor.readWeights();
    return new Map([...weights].filter(([name, weight]) => weight !== network.weights.get(name)));
  };
  const readWeights = async (): Promise<WeightMap> => {
    const latest = await readLatest();
    return average === null ? latest : new Map([...latest, ...(await average.read()).weights]);
  };
  return {
    step: async (batch, stepOptions) => {
      const { loss, logits } = await gradientStep.run(batch, stepOptions);
      average?.update();
      return { loss, hits: scoreLogits(logits, batch.labels, classes).hits };
    },
    score: async function* (data) {
      if (average === null) {
        vector.scatter();
        return yield* scoreExamples(executor, data);
      }
      return yield* scoreNetwork(withWeights(network, await readWeights()), data);
    },
    readWeights,
    readState: async () => ({
      weights: await readLatest(),
      optimiser: await optimiser.readState(),
      average: average && (await average.read()),
    }),
    dispose: () => {
      gradientStep.dispose();
      executor.dispose();
      vector.dispose();
      optimiser.dispose();
      average?.dispose();
    },
  };
};

/** A learner in another's place that trains other weights from where they are; its optimiser starts afresh. */
export const replaceLearner = async (
  learner: Learner,
  network: Network,
  rates: WeightRates,
  options: TrainingOptions,
): Promise<Learner> => {
  const state = await learner.readState();
  learner.dispose();
  return createLearner(network, rates, options, { ...state, optimiser: { steps: 0, slots: new Map() } });
};
