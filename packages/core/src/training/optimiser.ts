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
  /** The parameters after one step; the caller's tensors stay the caller's. */
  update(parameters: tf.Tensor1D, gradient: tf.Tensor1D, learningRate: number): tf.Tensor1D;
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

/** Slots as tensors that a step replaces. */
const createSlots = (names: readonly string[], size: number, state: OptimiserState | undefined) => {
  const tensors = names.map((name) => tf.tensor1d(state?.slots.get(name) ?? new Float32Array(size)));
  return {
    tensors,
    replace: (next: readonly tf.Tensor1D[]): void => {
      for (const [index, tensor] of next.entries()) {
        tensors[index]!.dispose();
        tensors[index] = tf.keep(tensor);
      }
    },
    read: async (): Promise<Map<string, Float32Array>> => {
      const slots = new Map<string, Float32Array>();
      for (const [index, name] of names.entries()) {
        slots.set(name, Float32Array.from(await tensors[index]!.data()));
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
    update: (parameters, gradient, learningRate) =>
      tf.tidy(() => {
        steps++;
        if (hasKernel('AdamWStep')) {
          const [mean, square] = slots.tensors;
          const inputs = { parameters, gradient, mean: mean!, square: square!, rates, decays };
          const attributes = { beta1, beta2, epsilon, learningRate, step: steps };
          const [stepped, ...moved] = runKernel('AdamWStep', inputs, attributes) as tf.Tensor1D[];
          slots.replace(moved);
          return stepped!;
        }
        const mean = slots.tensors[0]!.mul(beta1).add<tf.Tensor1D>(gradient.mul(1 - beta1));
        const square = slots.tensors[1]!.mul(beta2).add<tf.Tensor1D>(gradient.square().mul(1 - beta2));
        slots.replace([mean, square]);
        const root = square.div(1 - beta2 ** steps).sqrt();
        const step = mean.div(1 - beta1 ** steps).div(root.add(epsilon));
        return parameters.sub<tf.Tensor1D>(step.add(parameters.mul(decays)).mul(rates).mul(learningRate));
      }),
    readState: async () => ({ steps, slots: await slots.read() }),
    dispose: () => tf.dispose([rates, decays, ...slots.tensors]),
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
    update: (parameters, gradient, learningRate) =>
      tf.tidy(() => {
        steps++;
        if (hasKernel('SgdMomentumStep')) {
          const inputs = { parameters, gradient, velocity: slots.tensors[0]!, rates, decays };
          const attributes = { momentum, learningRate };
          const [stepped, velocity] = runKernel('SgdMomentumStep', inputs, attributes) as tf.Tensor1D[];
          slots.replace([velocity!]);
          return stepped!;
        }
        const velocity = slots.tensors[0]!.mul(momentum).add<tf.Tensor1D>(gradient);
        slots.replace([velocity]);
        return parameters.sub<tf.Tensor1D>(velocity.add(parameters.mul(decays)).mul(rates).mul(learningRate));
      }),
    readState: async () => ({ steps, slots: await slots.read() }),
    dispose: () => tf.dispose([rates, decays, ...slots.tensors]),
  };
};
