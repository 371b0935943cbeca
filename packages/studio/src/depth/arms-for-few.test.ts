import { expect, test } from 'vitest';
import { armsForFew } from './arms-for-few.js';
import type { DepthArm } from './plan-arms.js';

const arm = (name: string, blocks: number) => ({ name, blocks }) as DepthArm;
const planned = [
  arm('head', 0),
  arm('last-2', 2),
  arm('last-4', 4),
  arm('last-8', 8),
  arm('all', 17),
] as const;
const namesFor = (validation: number, arms: readonly [DepthArm, ...DepthArm[]] = planned) =>
  armsForFew(arms, validation).arms.map(({ name }) => name);

test('twenty validation images are enough for every depth', () => {
  expect(armsForFew(planned, 20)).toEqual({ arms: planned, skipped: null });
});

test('fewer are enough for the shallow depths, and it is said', () => {
  expect(namesFor(19)).toEqual(['head', 'last-2', 'last-4']);
  expect(armsForFew(planned, 19).skipped).toBe(
    "more than 4 blocks: 19 validation images can't tell such depths apart, that takes 20",
  );
  expect(armsForFew(planned, 1).skipped).toContain('1 validation image can');
});

test('a network of few blocks is tried whole', () => {
  const short = [arm('head', 0), arm('last-2', 2), arm('all', 3)] as const;
  expect(armsForFew(short, 6)).toEqual({ arms: short, skipped: null });
});

test('without any it is the head alone', () => {
  expect(namesFor(0)).toEqual(['head']);
  expect(armsForFew(planned, 0).skipped).toContain("depths can't be compared");
});
