import type { Graftable } from '../grafting/graft.js';
import { findBlocks } from '../network/find-blocks.js';
import type { Preprocessing } from '../preprocessing/preprocessing.js';
import { networkBuilder } from './network-builder.js';

const preprocessing: Preprocessing = {
  size: [8, 8],
  fit: 'cover',
  interpolation: 'linear',
  mean: [127.5, 127.5, 127.5],
  deviation: [127.5, 127.5, 127.5],
};

/** `stem`, `block-1` to `block-3` (the last one residual) and `head-conv` over 8x8 images, with 12 pooled features. */
export const tinyBackbone = (seed = 1): Graftable => {
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
  const network = builder.finish(builder.globalPool(unit(value, 12, 1)));
  return { id: 'tiny', sha256: 'f'.repeat(64), network, blocks: findBlocks(network), preprocessing };
};
