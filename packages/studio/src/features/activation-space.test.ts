import { expect, test } from 'vitest';
import { testPreprocessing } from '../testing/test-trunk.js';
import { activationSpace, viewSpace } from './activation-space.js';

test('everything that decides a row names another space', () => {
  const [below, above] = ['ab'.repeat(32), 'cd'.repeat(32)];
  const parts = { segments: [below, above], preprocessing: testPreprocessing };
  const space = activationSpace(parts);
  const others = [
    activationSpace({ ...parts, segments: [below] }),
    activationSpace({ ...parts, segments: [above, below] }),
    activationSpace({ ...parts, preprocessing: { ...testPreprocessing, size: [32, 31] } }),
    activationSpace({ ...parts, preprocessing: { ...testPreprocessing, fit: 'cover' } }),
    activationSpace({ ...parts, preprocessing: { ...testPreprocessing, interpolation: 'cubic' } }),
    activationSpace({ ...parts, preprocessing: { ...testPreprocessing, mean: [0, 0, 0] } }),
    activationSpace({ ...parts, preprocessing: { ...testPreprocessing, deviation: [1, 1, 1] } }),
    viewSpace(space, 'plain'),
    viewSpace(space, 'view 1'),
  ];
  expect(new Set([space, ...others]).size).toBe(10);
  expect(activationSpace(structuredClone(parts))).toBe(space);
  expect(space).toMatch(/^[0-9a-f]{64}$/);
});
