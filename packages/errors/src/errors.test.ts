import { expect, test } from 'vitest';
import { errorCodes, nearestNames, RegraftError } from './index.js';

test('an error carries its outcome and survives JSON', () => {
  const error = new RegraftError({
    code: 'data-not-found',
    message: 'A data folder must exist. Received: photos/',
    hint: 'Check the path.',
    details: { path: 'photos/' },
  });
  expect(error.outcome).toEqual({ exitCode: 10, httpStatus: 404, retryable: false });
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    code: 'data-not-found',
    message: 'A data folder must exist. Received: photos/',
    hint: 'Check the path.',
    details: { path: 'photos/' },
  });
});

test('isInstance recognises an error of another copy of the package', () => {
  const foreign = Object.assign(new Error('x'), { [Symbol.for('regraft.error')]: true, code: 'cancelled' });
  expect(RegraftError.isInstance(foreign)).toBe(true);
  expect(RegraftError.isInstance(new Error('x'))).toBe(false);
  expect(RegraftError.isInstance(null)).toBe(false);
});

test('no code uses exit code 0 or 1, and exit codes are unique', () => {
  const exitCodes = Object.values(errorCodes).map(({ exitCode }) => exitCode);
  expect(Math.min(...exitCodes)).toBeGreaterThan(1);
  expect(new Set(exitCodes).size).toBe(exitCodes.length);
});

test('nearest names come best first and far ones not at all', () => {
  const known = ['mobilenet-v2.openimages', 'efficientnet-lite0.imagenet', 'mobilenet-v1'];
  expect(nearestNames('mobilnet-v2.openimage', known)[0]).toBe('mobilenet-v2.openimages');
  expect(nearestNames('zzz', known)).toEqual([]);
});
