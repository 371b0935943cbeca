import type { Network, Preprocessing, Weight } from '@regraft/core';

const weight = (seed: number, shape: readonly number[]): Weight => {
  const size = shape.reduce((product, length) => product * length, 1);
  const data = Float32Array.from({ length: size }, (_, index) => Math.sin(seed * 12.9 + index * 78.233));
  return { shape, data };
};

/** A small convolutional trunk for RGB images of 32 x 32 pixels, with 24 pooled features. */
export const testTrunk: Network = {
  name: 'test-trunk',
  nodes: [
    { op: 'input', name: 'image', inputs: [], shape: [32, 32, 3] },
    {
      op: 'conv2d',
      name: 'stem',
      inputs: ['image'],
      kernel: 'stem/kernel',
      bias: 'stem/bias',
      strides: [2, 2],
      dilations: [1, 1],
      padding: 'same',
    },
    { op: 'activation', name: 'stem-relu', inputs: ['stem'], kind: 'relu6' },
    {
      op: 'depthwise-conv2d',
      name: 'depthwise',
      inputs: ['stem-relu'],
      kernel: 'depthwise/kernel',
      strides: [1, 1],
      dilations: [1, 1],
      padding: 'same',
    },
    { op: 'activation', name: 'features', inputs: ['depthwise'], kind: 'relu6' },
    { op: 'global-average-pool', name: 'pool', inputs: ['features'], keepDims: false },
  ],
  output: 'pool',
  weights: new Map([
    ['stem/kernel', weight(1, [3, 3, 3, 24])],
    ['stem/bias', weight(2, [24])],
    ['depthwise/kernel', weight(3, [3, 3, 24, 1])],
  ]),
};

export const testPreprocessing: Preprocessing = {
  size: [32, 32],
  fit: 'stretch',
  interpolation: 'linear',
  mean: [127.5, 120, 110],
  deviation: [127.5, 128, 100],
};
