import { expect, test } from 'vitest';
import { backboneLikeRows, gaussianRows } from '../../testing/gaussian-rows.js';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { driftReportSchema } from './drift-report.js';
import type { FeatureRows } from './feature-rows.js';
import { measureDrift } from './measure-drift.js';

const reference = backboneLikeRows(120, 16, 1);

const headOf = (rows: FeatureRows, count: number): FeatureRows => ({
  values: rows.values.slice(0, count * rows.columns),
  columns: rows.columns,
});

test('reports what three tests say, the same for the same seed', async () => {
  const sample = backboneLikeRows(60, 16, 2, 1);
  const report = await measureDrift(reference, sample, { seed: 5, listedRows: 7 });
  expect(driftReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  expect(report).toMatchObject({
    decision: 'drift',
    alpha: 0.05,
    seed: 5,
    reference: { rows: 120, used: 120 },
    sample: { rows: 60, used: 60 },
    discrepancy: { pValue: 0.001, permutations: 999, dimensions: 16 },
    classifier: { heldOut: 90 },
    features: { tested: 16 },
  });
  expect(report.discrepancy.squared).toBeGreaterThan(report.discrepancy.critical!);
  expect(report.features.different).toBeGreaterThan(0);
  expect(report.farthest).toHaveLength(7);
  expect(await measureDrift(reference, sample, { seed: 5, listedRows: 7 })).toEqual(report);
});

test('says how little twenty images can show', async () => {
  const sample = backboneLikeRows(20, 16, 3);
  const { decision, detectable } = await measureDrift(reference, sample);
  const { detectable: withMore } = await measureDrift(reference, backboneLikeRows(100, 16, 3));
  expect(decision).toBe('no-evidence');
  expect(detectable.shift).toBeGreaterThan(0.8);
  expect(detectable.shift).toBeGreaterThan(1.3 * withMore.shift!);
  expect(detectable.note).toBe(
    `With 20 new images against 120 a shift of the mean below ${detectable.shift?.toFixed(1)} standard deviations would more often than one time in five go unseen.`,
  );
});

test('can see nothing where there are fewer splits than alpha takes', async () => {
  const [few, others] = [gaussianRows(5, 4, 1), gaussianRows(5, 4, 2)];
  const { decision, detectable } = await measureDrift(few, others, { alpha: 0.005 });
  expect(decision).toBe('no-evidence');
  expect(detectable.shift).toBeNull();
  expect(detectable.note).toMatch(/no shift of the mean can be seen/);
});

test('draws rows by the seed where there are many, and lists the farthest of all', async () => {
  const sample = gaussianRows(200, 16, 4);
  sample.values.fill(900, 150 * 16, 151 * 16);
  const report = await measureDrift(reference, sample, { maximumRows: 50 });
  expect(report.reference).toEqual({ rows: 120, used: 50 });
  expect(report.sample).toEqual({ rows: 200, used: 50 });
  expect(report.farthest[0]).toMatchObject({ row: 150 });
});

test('finds nothing between a set and itself', async () => {
  const report = await measureDrift(reference, reference);
  expect(report).toMatchObject({ decision: 'no-evidence', features: { different: 0, pValue: 1 } });
  expect(report.discrepancy.squared).toBeLessThan(0);
});

test('finds nothing where nothing varies', async () => {
  const constant = { values: new Float32Array(160).fill(2), columns: 16 };
  expect(await measureDrift(constant, constant)).toMatchObject({
    decision: 'no-evidence',
    discrepancy: { squared: 0, pValue: 1 },
    classifier: { area: 0.5, pValue: 1 },
    features: { different: 0, pValue: 1 },
    detectable: { shift: null },
  });
});

test('sees that one constant became another', async () => {
  const rows = (value: number) => ({ values: new Float32Array(160).fill(value), columns: 16 });
  expect(await measureDrift(rows(1), rows(2))).toMatchObject({
    decision: 'drift',
    features: { different: 16 },
  });
});

test('is not moved by columns that do not vary', async () => {
  const sample = backboneLikeRows(60, 16, 2, 0.3);
  const widen = ({ values }: FeatureRows): FeatureRows => ({
    values: Float32Array.from({ length: (values.length / 16) * 20 }, (_, index) =>
      index % 20 < 16 ? values[Math.floor(index / 20) * 16 + (index % 20)]! : 4,
    ),
    columns: 20,
  });
  const narrow = await measureDrift(reference, sample);
  const wide = await measureDrift(widen(reference), widen(sample));
  expect(wide.discrepancy.squared).toBeCloseTo(narrow.discrepancy.squared, 6);
  expect(wide.discrepancy.pValue).toBeCloseTo(narrow.discrepancy.pValue, 2);
});

test.each([
  [
    'too few rows',
    'data-too-small',
    headOf(reference, 4),
    {},
    /at least 5 images.*Received: 4 in the sample/,
  ],
  ['other columns', 'data-invalid', gaussianRows(20, 8, 1), {}, /Received: 16 and 8 columns/],
  ['half a row', 'data-invalid', { values: new Float32Array(100), columns: 16 }, {}, /100 values for 16/],
  [
    'no permutations',
    'usage-invalid',
    reference,
    { permutations: 9 },
    /19 permutations or more.*Received: 9/,
  ],
  ['no alpha', 'usage-invalid', reference, { alpha: 0 }, /between 0 and 1\. Received: 0/],
  ['too few drawn', 'usage-invalid', reference, { maximumRows: 4 }, /At least 5 rows.*Received: 4/],
  ['a cancelled signal', 'cancelled', reference, { signal: AbortSignal.abort() }, /cancelled/],
])('refuses %s', async (_, code, sample, options, message) => {
  const error = await regraftErrorOf(() => measureDrift(reference, sample, options));
  expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('says where a feature is %d', async (value) => {
  const sample = gaussianRows(20, 16, 1);
  sample.values[3 * 16 + 7] = value;
  expect(await regraftErrorOf(() => measureDrift(reference, sample))).toMatchObject({
    code: 'data-invalid',
    message: `Features are finite numbers. Received: ${value} in row 3, column 7.`,
  });
});
