import { compileTrainable } from '../executors/compile-trainable.js';
import type { Network } from '../network/network.js';
import { readBatch } from './activations.js';
import type { ExampleSource } from './example-source.js';
import { gradientStep, type StepOptions } from './gradient-step.js';
import { logitsNetwork, type WeightMap, withWeights } from './network-weights.js';
import { adamW, type Optimiser, type OptimiserState, type ParameterLayout, sgd } from './optimiser.js';
import { createParameterVector } from './parameter-vector.js';
import { type LabelledSource, scoreExamples, scoreLogits } from './score-examples.js';
import type { Score } from './training-event.js';
import type { TrainingOptions } from './training-options.js';

/** Weights and optimiser as they were between two steps. */
export interface LearnerState {
  /** Those that differ from the network's. */
  readonly weights: WeightMap;
  readonly optimiser: OptimiserState;
}

/** A network under training: its variables and its optimiser, on the current backend. */
export interface Learner {
  /** One optimiser step; gives the batch's loss and count of hits before it. `rows` are places in the source. */
  step(batch: LearnerBatch, options: StepOptions): Promise<{ loss: number; hits: number }>;
  /** Loss and accuracy in inference mode, yielding between batches. */
  score(data: LabelledSource): AsyncGenerator<undefined, Score>;
  /** The weights that differ from the network's. */
  readWeights(): Promise<WeightMap>;
  readState(): Promise<LearnerState>;
  dispose(): void;
}

interface LearnerBatch {
  readonly source: ExampleSource;
  readonly rows: readonly number[];
  readonly labels: readonly number[];
  readonly weights: readonly number[];
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
  rates: ReadonlyMap<string, number>,
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
  const readWeights = async (): Promise<WeightMap> => {
    const weights = await executor.readWeights();
    return new Map([...weights].filter(([name, weight]) => weight !== network.weights.get(name)));
  };
  return {
    step: async ({ source, rows, labels, weights }, stepOptions) => {
      const inputs = await readBatch(source, rows);
      const batch = { inputs, labels, weights };
      const { loss, logits } = await gradientStep(executor, vector, optimiser, batch, stepOptions);
      inputs.dispose();
      return { loss, hits: scoreLogits(logits, labels, classes).hits };
    },
    score: (data) => scoreExamples(executor, data),
    readWeights,
    readState: async () => ({ weights: await readWeights(), optimiser: await optimiser.readState() }),
    dispose: () => {
      executor.dispose();
      vector.dispose();
      optimiser.dispose();
    },
  };
};
