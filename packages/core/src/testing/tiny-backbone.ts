import * as tf from '@tensorflow/tfjs';
import { compileInference } from '../executors/compile-inference.js';
import type { Graftable } from '../grafting/graft.js';
import { findBlocks } from '../network/find-blocks.js';
import type { Network } from '../network/network.js';
import { pruneNetwork } from '../network/prune-network.js';
import type { Preprocessing } from '../preprocessing/preprocessing.js';
import { range } from '../training/example-source.js';
import { colouredImages } from './coloured-images.js';
import { networkBuilder } from './network-builder.js';

const preprocessing: Preprocessing = {
  size: [8, 8],
  fit: 'cover',
  interpolation: 'linear',
  mean: [127.5, 127.5, 127.5],
  deviation: [127.5, 127.5, 127.5],
};

/** The network with every batch-norm's statistics taken from what images make of it, as if it had been trained. */
const calibrate = async (network: Network): Promise<Network> => {
  const { examples } = colouredImages(100);
  const images = new Float32Array(examples.size * 192);
  await examples.read(range(0, examples.size), images);
  const weights = new Map(network.weights);
  for (const node of network.nodes) {
    if (node.op !== 'batch-norm') continue;
    const executor = compileInference(pruneNetwork({ ...network, weights, output: node.inputs[0]! }));
    const [mean, variance] = tf.tidy(() => {
      const values = executor.run(tf.tensor(images, [examples.size, 8, 8, 3]));
      const moments = tf.moments(values, [0, 1, 2]);
      return [moments.mean, moments.variance];
    });
    for (const [name, tensor] of [
      [node.mean, mean],
      [node.variance, variance],
    ] as const) {
      weights.set(name, { shape: tensor.shape, data: Float32Array.from(await tensor.data()) });
    }
    tf.dispose([mean, variance]);
    executor.dispose();
  }
  return { ...network, weights };
};

/** `stem`, `block-1` to `block-3` (the last one residual) and `head-conv` over 8x8 images, with 12 pooled features. */
export const tinyBackbone = async (seed = 1): Promise<Graftable> => {
  const builder = networkBuilder([8, 8, 3], seed);
  const unit = (from: string, channels: number, kernel: number, stride = 1): string => {
    const convolved = builder.conv(from, channels, {
      kernel: [kernel, kernel],
      strides: [stride, stride],
      bias: false,
    });
    return builder.activation(builder.batchNorm(convolved));
  };
  const separable = (from: string, channels: number, stride = 1): string => {
    const filtered = builder.depthwise(from, { strides: [stride, stride], bias: false });
    const activated = builder.activation(builder.batchNorm(filtered));
    return builder.batchNorm(builder.conv(activated, channels, { kernel: [1, 1], bias: false }));
  };
  let value = unit(builder.input, 4, 3, 2);
  value = separable(value, 4);
  value = separable(value, 6, 2);
  value = builder.merge('add', value, separable(value, 6));
  const network = await calibrate(builder.finish(builder.globalPool(unit(value, 12, 1))));
  return { id: 'tiny', sha256: 'f'.repeat(64), network, blocks: findBlocks(network), preprocessing };
};
