import { findBlocks, graft, type Model, replaceHead, unfreezeAll } from '@regraft/core';

/** Values of a sine: fixed, and no two weights alike. */
export const wave = (size: number, step: number): Float32Array =>
  Float32Array.from({ length: size }, (_, index) => Math.sin(index * step));

export interface SmallModelOptions {
  /** Edge of an image. */
  readonly size?: number;
  readonly channels?: number;
}

/** Two convolutions with batch-norm, the second depthwise, all of it to be trained, over square images. */
export const smallModel = ({ size = 8, channels = 6 }: SmallModelOptions = {}): Model => {
  const weights = new Map<string, { shape: number[]; data: Float32Array }>();
  const weight = (name: string, shape: number[], data: Float32Array): string => {
    weights.set(name, { shape, data });
    return name;
  };
  const batchNorm = (name: string, input: string) => ({
    op: 'batch-norm' as const,
    name,
    inputs: [input],
    gamma: weight(`${name}/gamma`, [channels], new Float32Array(channels).fill(1)),
    beta: weight(`${name}/beta`, [channels], wave(channels, 0.7)),
    mean: weight(`${name}/mean`, [channels], wave(channels, 0.3)),
    variance: weight(`${name}/variance`, [channels], new Float32Array(channels).fill(0.8)),
    epsilon: 1e-3,
  });
  const window = { strides: [1, 1], dilations: [1, 1], padding: 'same' } as const;
  const rectifier = (name: string, input: string) => ({
    op: 'activation' as const,
    name,
    inputs: [input],
    kind: 'relu6' as const,
  });
  const nodes = [
    { op: 'input' as const, name: 'image', inputs: [], shape: [size, size, 3] },
    {
      op: 'conv2d' as const,
      name: 'first',
      inputs: ['image'],
      kernel: weight('first/kernel', [3, 3, 3, channels], wave(27 * channels, 1.1)),
      ...window,
    },
    batchNorm('first/norm', 'first'),
    rectifier('first/relu', 'first/norm'),
    {
      op: 'depthwise-conv2d' as const,
      name: 'second',
      inputs: ['first/relu'],
      kernel: weight('second/kernel', [3, 3, channels, 1], wave(9 * channels, 0.9)),
      ...window,
    },
    batchNorm('second/norm', 'second'),
    rectifier('second/relu', 'second/norm'),
    { op: 'global-average-pool' as const, name: 'features', inputs: ['second/relu'], keepDims: false },
  ];
  const network = { name: 'small', nodes, output: 'features', weights };
  const preprocessing = {
    size: [size, size] as [number, number],
    fit: 'stretch' as const,
    interpolation: 'linear' as const,
    mean: [0, 0, 0] as [number, number, number],
    deviation: [1, 1, 1] as [number, number, number],
  };
  const backbone = { id: 'small', sha256: '', network, blocks: findBlocks(network), preprocessing };
  return graft(backbone, { head: replaceHead(['a', 'b', 'c']), freeze: unfreezeAll() });
};
