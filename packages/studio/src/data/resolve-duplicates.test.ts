import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ListedImage } from './inspect-files.js';
import type { DataProblem } from './manifest.js';
import { resolveDuplicates } from './resolve-duplicates.js';

const images = fc.uniqueArray(
  fc.record({
    path: fc.nat({ max: 200 }).map((number) => `/data/${number}.png`),
    label: fc.constantFrom('cat', 'dog'),
    split: fc.constantFrom(undefined, 'train' as const, 'validation' as const, 'test' as const),
    sha256: fc.constantFrom('aa', 'bb', 'cc', 'dd'),
    bytes: fc.constant(1),
    width: fc.constant(1),
    height: fc.constant(1),
  }),
  { selector: ({ path }) => path },
);

const resolved = (given: readonly ListedImage[]) => {
  const problems: DataProblem[] = [];
  const kept = resolveDuplicates('/data', given, problems);
  const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);
  return { kept: kept.sort(byPath), problems: problems.sort(byPath) };
};

test('every image is kept or named, no content twice, and none that has two labels', () => {
  fc.assert(
    fc.property(images, (given) => {
      const { kept, problems } = resolved(given);
      expect(kept.length + problems.length).toBe(given.length);
      expect(new Set(kept.map(({ sha256 }) => sha256)).size).toBe(kept.length);
      for (const { sha256, label, split } of kept) {
        const same = given.filter((image) => image.sha256 === sha256);
        expect(same.every((image) => image.label === label)).toBe(true);
        if (same.some((image) => image.split === 'test')) expect(split).toBe('test');
      }
    }),
  );
});

test('the order in which files are found makes no difference', () => {
  fc.assert(
    fc.property(
      images.chain((given) =>
        fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
      ),
      ([given, shuffled]) => {
        expect(resolved(shuffled)).toEqual(resolved(given));
      },
    ),
  );
});
