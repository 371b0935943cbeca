import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planReads } from './plan-reads.js';

test('every wanted row is in one range, ranges are short, in order, and read over small gaps only', () => {
  const limits = fc.record({ gap: fc.nat(5), length: fc.integer({ min: 1, max: 20 }) });
  fc.assert(
    fc.property(fc.array(fc.nat(200), { maxLength: 60 }), limits, (positions, { gap, length }) => {
      const wanted = positions.map((position, place) => ({ position, place }));
      const ranges = planReads(wanted, { gap, length });
      const byPlace = ranges.flatMap(({ rows }) => rows).sort((a, b) => a.place - b.place);
      expect(byPlace).toEqual(wanted);
      let before = -1;
      for (const { start, end, rows } of ranges) {
        expect(start).toBeGreaterThanOrEqual(before);
        expect(end - start).toBeLessThanOrEqual(length);
        const covered = rows.map(({ position }) => position);
        expect([covered[0], covered.at(-1)! + 1]).toEqual([start, end]);
        for (const [at, position] of covered.slice(1).entries()) {
          expect(position - covered[at]!).toBeLessThanOrEqual(gap + 1);
        }
        before = end - 1;
      }
    }),
  );
});
