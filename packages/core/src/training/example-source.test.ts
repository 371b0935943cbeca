import { expect, test } from 'vitest';
import { examplesFromArray, joinExamples } from './example-source.js';

const source = (...values: number[]) => examplesFromArray(Float32Array.from(values), [2]);

test('reads examples in any order', async () => {
  const into = new Float32Array(6);
  await source(0, 1, 2, 3).read([1, 0, 1], into);
  expect([...into]).toEqual([2, 3, 0, 1, 2, 3]);
});

test('joins sources end to end', async () => {
  const joined = joinExamples([source(0, 1, 2, 3), source(10, 11), source(20, 21)]);
  expect(joined).toMatchObject({ shape: [2], size: 4 });
  const into = new Float32Array(12);
  await joined.read([3, 0, 1, 2, 3, 0], into);
  expect([...into]).toEqual([20, 21, 0, 1, 2, 3, 10, 11, 20, 21, 0, 1]);
});

test('refuses numbers that are no whole examples', () => {
  expect(() => source(1, 2, 3)).toThrow(/have 2 numbers each. Received: 3/);
});
