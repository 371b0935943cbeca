import { compileInference, type LayersArtifacts, type Network, sizeOf } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import * as tf from '@tensorflow/tfjs';

const largestDifference = 1e-5;

/** Numbers between -1 and 1 that look like no pattern a network could be blind to. */
const probe = (length: number): Float32Array =>
  Float32Array.from({ length }, (_, index) => Math.sin(index * 12.9898) ** 3);

/**
 * Loads a model's files as any TensorFlow.js program would and compares its probabilities with the network's own.
 *
 * @throws RegraftError `network-invalid` where they differ by more than 1e-5
 */
export const verifyArtifacts = async (
  network: Network,
  { modelJson, weights }: LayersArtifacts,
): Promise<void> => {
  const { modelTopology, weightsManifest } = JSON.parse(modelJson) as {
    modelTopology: object;
    weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
  };
  const weightData = weights.slice().buffer as ArrayBuffer;
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  const executor = compileInference(network);
  const layers = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
  const shape = [1, ...executor.inputShape];
  const difference = tf.tidy(() => {
    const input = tf.tensor(probe(sizeOf(executor.inputShape)), shape);
    const expected = executor.run(input);
    return tf.max(tf.abs(tf.sub(layers.predict(input) as tf.Tensor, expected)));
  });
  const [value] = await difference.data();
  difference.dispose();
  executor.dispose();
  layers.dispose();
  if (value! <= largestDifference) return;
  throw new RegraftError({
    code: 'network-invalid',
    message: `A stored model must give the same probabilities when TensorFlow.js loads it. Received: a difference of ${value}`,
    hint: 'This is a defect in Regraft; nothing was stored.',
  });
};
