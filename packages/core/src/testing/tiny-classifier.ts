import type { Network } from '../network/network.js';
import { seededValues } from './seeded-values.js';

/** Logits of three classes from 12 pooled features, with a hidden layer in between. */
export const tinyClassifier = (): Network => ({
  name: 'classifier',
  nodes: [
    { op: 'input', name: 'classifier/input', inputs: [], shape: [12] },
    {
      op: 'dense',
      name: 'classifier/hidden',
      inputs: ['classifier/input'],
      kernel: 'classifier/hidden/kernel',
      bias: 'classifier/hidden/bias',
    },
    { op: 'activation', name: 'classifier/relu', inputs: ['classifier/hidden'], kind: 'relu' },
    {
      op: 'dense',
      name: 'classifier/logits',
      inputs: ['classifier/relu'],
      kernel: 'classifier/logits/kernel',
    },
  ],
  output: 'classifier/logits',
  weights: new Map([
    ['classifier/hidden/kernel', { shape: [12, 8], data: seededValues(96, 1) }],
    ['classifier/hidden/bias', { shape: [8], data: seededValues(8, 2) }],
    ['classifier/logits/kernel', { shape: [8, 3], data: seededValues(24, 3) }],
  ]),
});
