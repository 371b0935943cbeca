import * as tf from '@tensorflow/tfjs';
import type { ParameterLayout } from './optimiser.js';

/** The variables of an executor as one vector, which is what changes; the variables follow when they are told to. */
export interface ParameterVector {
  readonly layout: ParameterLayout;
  readonly variables: readonly tf.Variable[];
  /** The weights one after another, `[n]`. */
  readonly values: tf.Variable;
  /** Gives the variables the vector's values. */
  scatter(): void;
  /** Gradients by variable name, one after another. */
  flatten(gradients: tf.NamedTensorMap): tf.Tensor1D;
  dispose(): void;
}

/** Kernels decay; biases and batch-norm's scales and offsets, vectors all, don't. */
const decays = (variable: tf.Variable): boolean => variable.rank > 1;

/** `rates` are multipliers of the learning rate by weight name. */
export const createParameterVector = (
  variables: ReadonlyMap<string, tf.Variable>,
  rates: ReadonlyMap<string, number>,
): ParameterVector => {
  const list = [...variables.values()];
  const size = list.reduce((total, variable) => total + variable.size, 0);
  const layout = { rates: new Float32Array(size), decays: new Float32Array(size) };
  let offset = 0;
  for (const [name, variable] of variables) {
    layout.rates.fill(rates.get(name) ?? 1, offset, offset + variable.size);
    layout.decays.fill(decays(variable) ? 1 : 0, offset, offset + variable.size);
    offset += variable.size;
  }
  const sizes = list.map((variable) => variable.size);
  const join = (tensors: readonly tf.Tensor[]): tf.Tensor1D =>
    tf.tidy(() => tf.concat1d(tensors.map((tensor) => tensor.reshape<tf.Tensor1D>([tensor.size]))));
  const values = tf.tidy(() => tf.variable(join(list), false));
  return {
    layout,
    variables: list,
    values,
    scatter: () =>
      tf.tidy(() => {
        for (const [index, part] of tf.split(values, sizes).entries()) {
          const variable = list[index]!;
          variable.assign(part.reshape(variable.shape));
        }
      }),
    flatten: (gradients) => join(list.map(({ name }) => gradients[name]!)),
    dispose: () => values.dispose(),
  };
};
