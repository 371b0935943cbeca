import { RegraftError } from '@regraft/errors';
import { expect, test } from 'vitest';
import { networkBuilder } from '../testing/network-builder.js';
import { inferShapes } from './infer-shapes.js';

const shapeAfter = (add: (builder: ReturnType<typeof networkBuilder>) => string) => {
  const builder = networkBuilder([7, 10, 3]);
  const name = add(builder);
  return builder.shapeOf(name);
};

test('convolutions follow TensorFlow for same, valid, explicit padding and dilation', () => {
  expect(shapeAfter((b) => b.conv(b.input, 8, { strides: [2, 3] }))).toEqual([4, 4, 8]);
  expect(shapeAfter((b) => b.conv(b.input, 8, { kernel: [3, 2], padding: 'valid' }))).toEqual([5, 9, 8]);
  expect(shapeAfter((b) => b.conv(b.input, 8, { dilations: [2, 2], padding: 'valid' }))).toEqual([3, 6, 8]);
  const padding = { top: 0, bottom: 1, left: 2, right: 0 };
  expect(shapeAfter((b) => b.conv(b.input, 8, { strides: [2, 2], padding }))).toEqual([3, 5, 8]);
  expect(shapeAfter((b) => b.depthwise(b.input, { multiplier: 4 }))).toEqual([7, 10, 12]);
});

test('pools, merges and vectors', () => {
  expect(shapeAfter((b) => b.pool('max-pool', b.input, { padding: 'valid' }))).toEqual([3, 5, 3]);
  expect(shapeAfter((b) => b.globalPool(b.input))).toEqual([3]);
  expect(shapeAfter((b) => b.globalPool(b.input, true))).toEqual([1, 1, 3]);
  expect(shapeAfter((b) => b.merge('multiply', b.globalPool(b.input, true), b.input))).toEqual([7, 10, 3]);
  expect(shapeAfter((b) => b.merge('concatenate', b.conv(b.input, 5), b.input))).toEqual([7, 10, 8]);
  expect(shapeAfter((b) => b.node({ op: 'flatten', inputs: [b.input] }))).toEqual([210]);
  expect(shapeAfter((b) => b.dense(b.globalPool(b.input), 9))).toEqual([9]);
});

test('a shape that does not fit names its node', () => {
  const mismatch = () => shapeAfter((b) => b.merge('add', b.conv(b.input, 5), b.input));
  expect(mismatch).toThrow(/"add-2" \(add\).*\[7, 10, 5\], \[7, 10, 3\]/);
  expect(() => shapeAfter((b) => b.conv(b.input, 2, { kernel: [8, 8], padding: 'valid' }))).toThrow(/8 x 8/);
  expect(() => shapeAfter((b) => b.conv(b.input, 2, { strides: [2, 2], dilations: [2, 2] }))).toThrow(
    /both exceed 1/,
  );
  try {
    mismatch();
  } catch (error) {
    expect(RegraftError.isInstance(error) && error.code).toBe('network-invalid');
  }
});

test('an unknown op and an input that comes later are named', () => {
  const { input, finish } = networkBuilder([4, 4, 1]);
  const network = finish(input);
  const strange = { name: 'odd', op: 'teleport', inputs: [input] } as unknown as (typeof network.nodes)[0];
  expect(() => inferShapes({ ...network, nodes: [...network.nodes, strange] })).toThrow(/teleport/);
  const early = { name: 'early', op: 'flatten', inputs: ['late'] } as const;
  expect(() => inferShapes({ ...network, nodes: [...network.nodes, early] })).toThrow(
    /"early".*stands before it.*"late"/,
  );
});
