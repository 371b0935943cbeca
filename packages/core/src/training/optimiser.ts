import * as tf from '@tensorflow/tfjs';
import { hasKernel, runKernel } from '../executors/training-kernels.js';

/** The trained weights laid out one after another, and what differs between them. */
export interface ParameterLayout {
  /** Multiplier of the learning rate of each parameter. */
  readonly rates: Float32Array;
  /** 1 for each parameter that decays, 0 for the others. */
  readonly decays: Float32Array;
}

/** Moving averages by name, each with a number for every parameter, and the count of steps behind them. */
export interface OptimiserState {
  readonly steps: number;
  readonly slots: ReadonlyMap<string, Float32Array>;
}

/**
 * An update rule over all parameters as one vector: a few large tensor operations a step rather than a few small
 * ones for each of a hundred weights, and a state that is a few arrays.
 */
export interface Optimiser {
  /** The state that `update` changes. */
  readonly slots: readonly tf.Variable[];
  /** Begins a step: the numbers by which it differs from others, as `update` wants them. */
  beginStep(learningRate: number): tf.Tensor1D;
  /** The parameters after the step; the caller's tensors stay the caller's. */
  update(parameters: tf.Tensor1D, gradient: tf.Tensor1D, schedule: tf.Tensor1D): tf.Tensor1D;
  readState(): Promise<OptimiserState>;
  dispose(): void;
}

export interface AdamWOptions {
  readonly weightDecay: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

export interface SgdOptions {
  readonly weightDecay: number;
  readonly momentum: number;
}

/** Slots by name, zeros without a state. */
const createSlots = (names: readonly string[], size: number, state: OptimiserState | undefined) => {
  const variables = names.map((name) =>
    tf.tidy(() => tf.variable(tf.tensor1d(state?.slots.get(name) ?? new Float32Array(size)), false)),
  );
  return {
    variables,
    assign: (values: readonly tf.Tensor1D[]): void => {
      for (const [index, value] of values.entries()) variables[index]!.assign(value);
    },
    read: async (): Promise<Map<string, Float32Array>> => {
      const slots = new Map<string, Float32Array>();
      for (const [index, name] of names.entries()) {
        slots.set(name, Float32Array.from(await variables[index]!.data()));
      }
      return slots;
    },
  };
};

const createLayout = ({ rates, decays }: ParameterLayout, weightDecay: number) => ({
  rates: tf.tensor1d(rates),
  decays: tf.tidy(() => tf.tensor1d(decays).mul<tf.Tensor1D>(weightDecay)),
});

/**
 * AdamW: Adam with decay decoupled from the gradient (Loshchilov and Hutter, "Decoupled weight decay
 * regularization", 2019), as PyTorch has it: the decay is multiplied by the learning rate. Keeps two numbers a
 * parameter. `state` continues where `readState` stopped.
 */
export const adamW = (
  layout: ParameterLayout,
  { weightDecay, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamWOptions,
  state?: OptimiserState,
): Optimiser => {
  let steps = state?.steps ?? 0;
  const { rates, decays } = createLayout(layout, weightDecay);
  const slots = createSlots(['mean', 'square'], layout.rates.length, state);
  return {
    slots: slots.variables,
    beginStep: (learningRate) => {
      steps++;
      return tf.tensor1d([learningRate, 1 - beta1 ** steps, 1 - beta2 ** steps]);
    },
    update: (parameters, gradient, schedule) =>
      tf.tidy(() => {
        const [formerMean, formerSquare] = slots.variables as tf.Tensor[] as tf.Tensor1D[];
        if (hasKernel('AdamWStep')) {
          const state = { mean: formerMean!, square: formerSquare! };
          const inputs = { parameters, gradient, ...state, rates, decays, schedule };
          const attributes = { beta1, beta2, epsilon };
          const [stepped, ...moved] = runKernel('AdamWStep', inputs, attributes) as tf.Tensor1D[];
          slots.assign(moved);
          return stepped!;
        }
        const [rate, meanCorrection, squareCorrection] = tf.split(schedule, 3);
        const mean = formerMean!.mul(beta1).add<tf.Tensor1D>(gradient.mul(1 - beta1));
        const square = formerSquare!.mul(beta2).add<tf.Tensor1D>(gradient.square().mul(1 - beta2));
        slots.assign([mean, square]);
        const root = square.div(squareCorrection!).sqrt();
        const step = mean.div(meanCorrection!).div(root.add(epsilon));
        return parameters.sub<tf.Tensor1D>(step.add(parameters.mul(decays)).mul(rates).mul(rate!));
      }),
    readState: async () => ({ steps, slots: await slots.read() }),
    dispose: () => tf.dispose([rates, decays, ...slots.variables]),
  };
};

/**
 * Stochastic gradient descent with momentum (as PyTorch has it, without dampening) and decoupled decay. Keeps one
 * number a parameter. `state` continues where `readState` stopped.
 */
export const sgd = (
  layout: ParameterLayout,
  { weightDecay, momentum }: SgdOptions,
  state?: OptimiserState,
): Optimiser => {
  let steps = state?.steps ?? 0;
  const { rates, decays } = createLayout(layout, weightDecay);
  const slots = createSlots(['velocity'], layout.rates.length, state);
  return {
    slots: slots.variables,
    beginStep: (learningRate) => {
      steps++;
      return tf.tensor1d([learningRate]);
    },
    update: (parameters, gradient, schedule) =>
      tf.tidy(() => {
        const former = slots.variables[0] as tf.Tensor as tf.Tensor1D;
        if (hasKernel('SgdMomentumStep')) {
          const inputs = { parameters, gradient, velocity: former, rates, decays, schedule };
          const [stepped, moved] = runKernel('SgdMomentumStep', inputs, { momentum }) as tf.Tensor1D[];
          slots.assign([moved!]);
          return stepped!;
        }
        const velocity = former.mul(momentum).add<tf.Tensor1D>(gradient);
        slots.assign([velocity]);
        return parameters.sub<tf.Tensor1D>(velocity.add(parameters.mul(decays)).mul(rates).mul(schedule));
      }),
    readState: async () => ({ steps, slots: await slots.read() }),
    dispose: () => tf.dispose([rates, decays, ...slots.variables]),
  };
};
