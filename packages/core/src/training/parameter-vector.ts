import * as tf from '@tensorflow/tfjs';
import type { ParameterLayout } from './optimiser.js';

/** The variables of an executor as one vector. */
export interface ParameterVector {
  readonly layout: ParameterLayout;
  readonly variables: readonly tf.Variable[];
  /** A copy of the variables' values, one after another. */
  gather(): tf.Tensor1D;
  /** Gradients by variable name, one after another. */
  flatten(gradients: tf.NamedTensorMap): tf.Tensor1D;
  /** Gives the variables the vector's values. */
  scatter(vector: tf.Tensor1D): void;
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
  const offsets: number[] = [];
  let offset = 0;
  for (const [name, variable] of variables) {
    layout.rates.fill(rates.get(name) ?? 1, offset, offset + variable.size);
    layout.decays.fill(decays(variable) ? 1 : 0, offset, offset + variable.size);
    offsets.push(offset);
    offset += variable.size;
  }
  const join = (tensors: readonly tf.Tensor[]): tf.Tensor1D =>
    tf.tidy(() => tf.concat1d(tensors.map((tensor) => tensor.reshape<tf.Tensor1D>([tensor.size]))));
  return {
    layout,
    variables: list,
    gather: () => join(list),
    flatten: (gradients) => join(list.map(({ name }) => gradients[name]!)),
    scatter: (vector) => {
      for (const [index, variable] of list.entries()) {
        tf.tidy(() =>
          variable.assign(vector.slice([offsets[index]!], [variable.size]).reshape(variable.shape)),
        );
      }
    },
  };
};
