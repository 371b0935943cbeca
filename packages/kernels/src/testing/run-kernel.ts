import * as tf from '@tensorflow/tfjs';
import type { Values } from './random-values.js';

export interface KernelRun {
  readonly kernel: string;
  readonly inputs: Readonly<Record<string, Values>>;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Outputs of a kernel on the backend in use. */
export const runKernel = ({ kernel, inputs, attributes = {} }: KernelRun): Values[] => {
  const results: Values[] = [];
  tf.tidy(() => {
    const tensors = Object.fromEntries(
      Object.entries(inputs).map(([name, { data, shape }]) => [name, tf.tensor(data, shape)]),
    );
    const outputs = tf.engine().runKernel(kernel, tensors, attributes as unknown as tf.NamedAttrMap);
    for (const output of [outputs].flat() as tf.Tensor[]) {
      results.push({ shape: output.shape, data: Float32Array.from(output.dataSync()) });
    }
  });
  return results;
};
