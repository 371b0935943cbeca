import * as tf from '@tensorflow/tfjs';
import { compileInference } from '../executors/compile-inference.js';
import type { Network } from '../network/network.js';

/** A network's output for a batch of images given as flat values. */
export const runNetwork = (network: Network, values: Float32Array): Float32Array => {
  const executor = compileInference(network);
  const batch = tf.tensor(values, [
    values.length / tf.util.sizeFromShape([...executor.inputShape]),
    ...executor.inputShape,
  ]);
  const output = executor.run(batch);
  const result = Float32Array.from(output.dataSync());
  tf.dispose([batch, output]);
  executor.dispose();
  return result;
};
