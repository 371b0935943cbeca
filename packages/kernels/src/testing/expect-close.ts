import { expect } from 'vitest';
import type { KernelRun } from './run-kernel.js';

/** The largest difference of two lists, as a share of the largest value expected; 0 for empty ones. */
export const relativeDifference = (actual: ArrayLike<number>, expected: ArrayLike<number>): number => {
  let [largest, difference] = [1e-6, 0];
  for (let index = 0; index < expected.length; index++) {
    largest = Math.max(largest, Math.abs(expected[index]!));
    difference = Math.max(difference, Math.abs(expected[index]! - actual[index]!));
  }
  return difference / largest;
};

const describeRun = ({ kernel, inputs, attributes }: KernelRun): string =>
  JSON.stringify({
    kernel,
    ...Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape])),
    ...attributes,
  });

/** Holds values to others within 1e-5 of the largest of those. */
export const expectClose = (actual: ArrayLike<number>, expected: ArrayLike<number>, run: KernelRun): void => {
  expect(actual.length, describeRun(run)).toBe(expected.length);
  expect(relativeDifference(actual, expected), describeRun(run)).toBeLessThanOrEqual(1e-5);
};
