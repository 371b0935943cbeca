import { expect, test } from 'vitest';
import { networkBuilder } from '../testing/network-builder.js';
import { foldBatchNorm } from './fold-batch-norm.js';

const ops = (network: { nodes: readonly { op: string }[] }): string[] => network.nodes.map(({ op }) => op);

test('a folded convolution takes the name of its batch-norm and the closed form of its weights', () => {
  const builder = networkBuilder([4, 4, 1]);
  const output = builder.batchNorm(builder.conv(builder.input, 2, { kernel: [1, 1] }));
  const network = builder.finish(output);
  const folded = foldBatchNorm(network);
  expect(ops(folded)).toEqual(['input', 'conv2d']);
  expect(folded.output).toBe(output);
  const value = (name: string, index: number) => network.weights.get(name)!.data[index]!;
  const scale = value('2/gamma', 1) / Math.sqrt(value('2/variance', 1) + 1e-3);
  expect(folded.weights.get(`${output}/folded-kernel`)!.data[1]).toBeCloseTo(value('1/kernel', 1) * scale, 6);
  expect(folded.weights.get(`${output}/folded-bias`)!.data[1]).toBeCloseTo(
    (value('1/bias', 1) - value('2/mean', 1)) * scale + value('2/beta', 1),
    6,
  );
  expect(folded.weights.size).toBe(2);
});

test('two batch-norms in a row fold into one convolution', () => {
  const builder = networkBuilder([4, 4, 2]);
  const network = builder.finish(builder.batchNorm(builder.batchNorm(builder.depthwise(builder.input))));
  expect(ops(foldBatchNorm(network))).toEqual(['input', 'depthwise-conv2d']);
});

test('a batch-norm stays where its convolution is used elsewhere too or is none', () => {
  const builder = networkBuilder([4, 4, 2]);
  const shared = builder.conv(builder.input, 2);
  const sum = builder.merge('add', shared, builder.batchNorm(shared));
  const network = builder.finish(builder.batchNorm(sum));
  expect(foldBatchNorm(network)).toEqual(network);
});
