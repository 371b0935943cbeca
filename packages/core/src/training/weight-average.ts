import * as tf from '@tensorflow/tfjs';
import type { WeightMap } from './network-weights.js';
import type { ParameterVector } from './parameter-vector.js';

/** Averaged weights by name, and the count of steps behind them. */
export interface WeightAverageState {
  readonly steps: number;
  readonly weights: WeightMap;
}

/** A moving average of the weights that train. */
export interface WeightAverage {
  /** Takes in the weights as they are after a step. */
  update(): void;
  read(): Promise<WeightAverageState>;
  dispose(): void;
}

/**
 * An exponential moving average of a vector's variables (Polyak and Juditsky 1992): it starts as they are, and each
 * step it keeps min(decay, (1 + t) / (10 + t)) of itself after t steps, so that early weights are soon forgotten
 * (as TensorFlow has it). What a gradient doesn't move, as batch-norm's moving statistics, isn't averaged again.
 * `state` continues where `read` stopped; a variable that it doesn't have starts as it is.
 */
export const createWeightAverage = (
  { variables, values }: Pick<ParameterVector, 'variables' | 'values'>,
  names: readonly string[],
  decay: number,
  state?: WeightAverageState,
): WeightAverage => {
  let steps = state?.steps ?? 0;
  const start = (variable: tf.Variable, name: string): tf.Tensor1D => {
    const kept = state?.weights.get(name);
    return kept === undefined ? variable.flatten() : tf.tensor1d(kept.data);
  };
  let average = tf.tidy(() =>
    tf.concat1d(variables.map((variable, index) => start(variable, names[index]!))),
  );
  return {
    update: () => {
      const kept = Math.min(decay, (1 + steps) / (10 + steps));
      const next = tf.tidy(() => average.add<tf.Tensor1D>(values.sub(average).mul(1 - kept)));
      average.dispose();
      average = tf.keep(next);
      steps++;
    },
    read: async () => {
      const averaged = Float32Array.from(await average.data());
      let offset = 0;
      const entries = variables.map(({ shape, size }, index) => {
        const data = averaged.slice(offset, offset + size);
        offset += size;
        return [names[index]!, { shape, data }] as const;
      });
      return { steps, weights: new Map(entries) };
    },
    dispose: () => average.dispose(),
  };
};
