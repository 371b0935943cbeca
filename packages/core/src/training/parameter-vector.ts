import * as tf from '@tensorflow/tfjs';
import type { ParameterLayout } from './optimiser.js';

/** The variables of an executor as one vector, which alone may change them. */
export interface ParameterVector {
  readonly layout: ParameterLayout;
  readonly variables: readonly tf.Variable[];
  /** The variables' values, one after another; the vector's own. */
  values(): tf.Tensor1D;
  /** Gradients by variable name, one after another. */
  flatten(gradients: tf.NamedTensorMap): tf.Tensor1D;
  /** Gives the variables these values, and keeps the tensor. */
  assign(vector: tf.Tensor1D): void;
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
  let values = tf.keep(join(list));
  return {
    layout,
    variables: list,
    values: () => values,
    flatten: (gradients) => join(list.map(({ name }) => gradients[name]!)),
    assign: (vector) => {
      values.dispose();
      values = tf.keep(vector);
      tf.tidy(() => {
        for (const [index, part] of tf.split(vector, sizes).entries()) {
          const variable = list[index]!;
          variable.assign(part.reshape(variable.shape));
        }
      });
    },
    dispose: () => values.dispose(),
  };
};
