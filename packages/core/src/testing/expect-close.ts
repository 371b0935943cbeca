import { expect } from 'vitest';

/** Expects a number to be a reference up to a relative difference. */
export const expectClose = (value: number, reference: number, relative = 1e-11): void =>
  expect(Math.abs(value / reference - 1)).toBeLessThan(relative);
