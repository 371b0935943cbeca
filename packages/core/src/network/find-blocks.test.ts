import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  efficientNetLite0Stages,
  invertedResidualBuilder,
  mobileNetV1,
  mobileNetV2Stages,
  resNet18,
} from '../testing/architectures.js';
import { networkBuilder } from '../testing/network-builder.js';
import { randomNetwork } from '../testing/random-network.js';
import { findBlocks } from './find-blocks.js';
import { findBoundaries } from './find-boundaries.js';
import type { Network } from './network.js';
import { nodeWeights } from './node-weights.js';

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `block-${index + 1}`);

const names = (network: Network): string[] => findBlocks(network).map(({ name }) => name);

const ops = (network: Network): string[] => {
  const byName = new Map(network.nodes.map((node) => [node.name, node.op]));
  return findBlocks(network).map(({ nodes }) => nodes.map((name) => byName.get(name)).join(' '));
};

describe('known architectures', () => {
  test('MobileNetV2: 17 inverted residuals', () => {
    const { builder, output } = invertedResidualBuilder(mobileNetV2Stages);
    const network = builder.finish(output);
    expect(names(network)).toEqual(['stem', ...numbered(17), 'head-conv']);
    expect(ops(network)[0]).toBe('input rescale conv2d batch-norm activation');
    expect(ops(network)[1]).toBe('depthwise-conv2d batch-norm activation conv2d batch-norm');
    expect(ops(network)[2]).toBe(
      'conv2d batch-norm activation zero-pad depthwise-conv2d batch-norm activation conv2d batch-norm',
    );
    expect(ops(network)[18]).toBe('conv2d batch-norm activation');
  });

  test('a global pool at the end of a backbone belongs to the last block', () => {
    const { builder, output } = invertedResidualBuilder(mobileNetV2Stages);
    const network = builder.finish(builder.globalPool(output));
    expect(ops(network).at(-1)).toBe('conv2d batch-norm activation global-average-pool');
  });

  test('a classifier is the block head', () => {
    const { builder, output } = invertedResidualBuilder(mobileNetV2Stages);
    const dropped = builder.node({ op: 'dropout', inputs: [builder.globalPool(output)], rate: 0.2 });
    const network = builder.finish(builder.activation(builder.dense(dropped, 4), 'softmax'));
    expect(names(network).slice(-2)).toEqual(['head-conv', 'head']);
    expect(ops(network).at(-1)).toBe('global-average-pool dropout dense activation');
  });

  test('a classifier made of a 1x1 convolution is the block head', () => {
    const { builder, output } = invertedResidualBuilder(mobileNetV2Stages);
    const logits = builder.conv(builder.globalPool(output, true), 4, { kernel: [1, 1] });
    const flat = builder.node({ op: 'reshape', inputs: [logits], shape: [4] });
    const network = builder.finish(builder.activation(flat, 'softmax'));
    expect(names(network)).toEqual(['stem', ...numbered(17), 'head-conv', 'head']);
    expect(ops(network).at(-1)).toBe('global-average-pool conv2d reshape activation');
  });

  test('EfficientNet-Lite0: 16 blocks', () => {
    const { builder, output } = invertedResidualBuilder(efficientNetLite0Stages);
    expect(names(builder.finish(output))).toEqual(['stem', ...numbered(16), 'head-conv']);
  });

  test('squeeze-and-excitation belongs to the block around it', () => {
    const { builder, output } = invertedResidualBuilder(efficientNetLite0Stages, true);
    const network = builder.finish(output);
    expect(names(network)).toEqual(['stem', ...numbered(16), 'head-conv']);
    expect(ops(network)[1]).toBe(
      'depthwise-conv2d batch-norm activation global-average-pool conv2d activation multiply conv2d batch-norm',
    );
  });

  test('MobileNetV1: 13 separable convolutions, no head-conv', () => {
    expect(names(mobileNetV1())).toEqual(['stem', ...numbered(13)]);
  });

  test('ResNet-18: a block for each residual unit, the pool in the stem, the ReLU after an add in its block', () => {
    const network = resNet18();
    expect(names(network)).toEqual(['stem', ...numbered(8), 'head']);
    expect(ops(network)[0]).toBe('input conv2d batch-norm activation zero-pad max-pool');
    expect(ops(network)[1]).toBe('conv2d batch-norm activation conv2d batch-norm add activation');
  });

  test('plain convolutions close after a pool and before a stride', () => {
    const builder = networkBuilder([32, 32, 3]);
    let value = builder.input;
    for (const channels of [4, 4]) value = builder.activation(builder.conv(value, channels));
    value = builder.pool('max-pool', value);
    for (const channels of [5, 5]) value = builder.activation(builder.conv(value, channels));
    value = builder.activation(builder.conv(value, 6, { strides: [2, 2] }));
    value = builder.activation(builder.conv(value, 6));
    const flat = builder.node({ op: 'flatten', inputs: [value] });
    const network = builder.finish(builder.activation(builder.dense(builder.dense(flat, 8), 2), 'softmax'));
    expect(names(network)).toEqual(['stem', 'block-1', 'block-2', 'block-3', 'head']);
    expect(ops(network)[1]).toBe('conv2d activation max-pool');
    expect(ops(network)[2]).toBe('conv2d activation conv2d activation');
    expect(ops(network)[4]).toBe('flatten dense dense activation');
  });
});

test('a network that is only a classifier is one head', () => {
  const builder = networkBuilder([12]);
  const network = builder.finish(builder.activation(builder.dense(builder.input, 3), 'softmax'));
  expect(findBlocks(network)).toEqual([
    { name: 'head', nodes: network.nodes.map(({ name }) => name), output: network.output },
  ]);
});

test('blocks partition the nodes, end in boundaries, and none but the stem is without weights', () => {
  fc.assert(
    fc.property(randomNetwork, (network) => {
      const blocks = findBlocks(network);
      expect(blocks.flatMap(({ nodes }) => nodes)).toEqual(network.nodes.map(({ name }) => name));
      expect(blocks.at(-1)!.output).toBe(network.output);
      expect(new Set(blocks.map(({ name }) => name)).size).toBe(blocks.length);
      const boundaries = new Set(findBoundaries(network));
      const byName = new Map(network.nodes.map((node) => [node.name, node]));
      for (const { name, nodes, output } of blocks) {
        expect(boundaries.has(output)).toBe(true);
        if (name !== 'stem') expect(nodes.flatMap((node) => nodeWeights(byName.get(node)!))).not.toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
});

test('boundaries are exactly the nodes whose removal parts output from input', () => {
  const reaches = (network: Network, without: string): boolean => {
    const reached = new Set<string>();
    for (const { name, op, inputs } of network.nodes) {
      if (name !== without && (op === 'input' || inputs.some((input) => reached.has(input))))
        reached.add(name);
    }
    return reached.has(network.output);
  };
  fc.assert(
    fc.property(randomNetwork, (network) => {
      const expected = network.nodes.map(({ name }) => name).filter((name) => !reaches(network, name));
      expect(findBoundaries(network)).toEqual(expected);
    }),
  );
});
