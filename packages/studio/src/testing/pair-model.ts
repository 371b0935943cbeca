import type { Model } from '@regraft/core';

/** A model of two labels whose pooled features `[2]` are its input: its logits are `scale` times these. */
export const pairModel = (scale: number): Model => ({
  network: {
    name: 'pair',
    nodes: [
      { op: 'input', name: 'pooled', inputs: [], shape: [2] },
      { op: 'dense', name: 'dense', inputs: ['pooled'], kernel: 'kernel' },
      { op: 'activation', name: 'softmax', inputs: ['dense'], kind: 'softmax' },
    ],
    weights: new Map([['kernel', { shape: [2, 2], data: Float32Array.of(scale, 0, 0, scale) }]]),
    output: 'softmax',
  },
  blocks: [
    { name: 'stem', nodes: ['pooled'], output: 'pooled' },
    { name: 'head', nodes: ['dense', 'softmax'], output: 'softmax' },
  ],
  labels: ['ants', 'bees'],
  preprocessing: {
    size: [1, 1],
    fit: 'cover',
    interpolation: 'linear',
    mean: [0, 0, 0],
    deviation: [1, 1, 1],
  },
  plan: {
    plan: { kind: 'head-only' },
    cut: 'pooled',
    frozen: ['stem'],
    trained: ['head'],
    learningRates: { head: 1 },
  },
  backbone: { id: 'pair', sha256: '00' },
});
