import { randomGenerator } from '@regraft/core';
import { beforeAll, expect, test } from 'vitest';
import { pairModel } from '../testing/pair-model.js';
import { useWasm } from '../testing/use-wasm.js';
import type { FeatureSet } from '../versions/version-features.js';
import { describeTrust } from './describe-trust.js';
import { measureTrust } from './measure-trust.js';
import { trustSchema } from './trust.js';

beforeAll(useWasm);

const { signal } = new AbortController();

/** Features whose softmax is the probability that the label was drawn by: a model of scale 1 is exactly calibrated. */
const drawn = (count: number, seed: number): FeatureSet => {
  const { uniform } = randomGenerator(seed, 'trust');
  const values = Float32Array.from({ length: 2 * count }, () => 20 * uniform());
  const labels = Int32Array.from({ length: count }, (_, row) =>
    uniform() < 1 / (1 + Math.exp(values[2 * row + 1]! - values[2 * row]!)) ? 0 : 1,
  );
  return { values, labels, images: Array.from(labels, (_, row) => `${row}`) };
};

const features = (validation: number) => ({
  width: 2,
  training: drawn(100, 1),
  validation: validation === 0 ? null : drawn(validation, 2),
});

test('a model that is three times too sure is put right, answers where it may, and knows its own kind', async () => {
  const trust = await measureTrust(pairModel(3), features(400), { signal });
  expect(trustSchema.parse(JSON.parse(JSON.stringify(trust)))).toEqual(trust);
  const { calibration, abstention, outliers } = trust;
  expect(Math.abs(calibration!.temperature - 3)).toBeLessThan(0.6);
  const { before, after } = calibration!.debiasedCalibrationError!;
  expect(after.value).toBeLessThan(before.value! / 2);
  expect(abstention!.low).toBeGreaterThanOrEqual(0.95);
  expect(abstention!.coverage).toBeGreaterThan(0.3);
  // Confidence is compared after calibration: before it, nearly all of it is above this.
  expect(abstention!.threshold).toBeLessThan(0.995);
  expect(outliers).toMatchObject({ references: 100, falseAlarms: 0.05 });
  const lines = describeTrust(trust).map(({ text }) => text);
  expect(lines[0]).toContain('too sure');
  expect(lines[1]).toContain('95 % of the answers');
});

test('where 95 % is out of reach it names the highest share that it can show', async () => {
  const trust = await measureTrust(pairModel(1), features(40), { signal });
  expect(trust.reachable).toBeGreaterThan(0.6);
  expect(trust.reachable).toBeLessThan(0.95);
  expect(describeTrust(trust)[1]!.text).toContain(`--accuracy ${trust.reachable}`);
});

test('an honest model keeps its confidence', async () => {
  const trust = await measureTrust(pairModel(1), features(400), { signal });
  expect(trust.calibration!.temperature).toBe(1);
  expect(describeTrust(trust)[0]!.text).toMatch(/as it is: off by \d\.\d % \(0\.0-\d\.\d, n 400\)/);
});

test('answers to images that it has not seen tell how sure it may be, besides the validation images', async () => {
  const { values, labels } = drawn(400, 3);
  const probabilities = Float32Array.from(values, (_, index) => {
    const [a, b] = [values[index]!, values[index ^ 1]!];
    return 1 / (1 + Math.exp(3 * (b - a)));
  });
  const trust = await measureTrust(pairModel(3), features(20), { signal, unseen: { probabilities, labels } });
  expect(trust).toMatchObject({ images: 20, calibration: { n: 420 } });
  expect(Math.abs(trust.calibration!.temperature - 3)).toBeLessThan(0.6);
});

test('a threshold for "none of these" that another detector was measured by counts as none', async () => {
  const trust = await measureTrust(pairModel(1), features(40), { signal });
  const old = trustSchema.parse({ ...trust, outliers: { ...trust.outliers, version: 1, neighbours: 10 } });
  expect(old.outliers).toBeNull();
  expect(describeTrust(old)[2]!.text).toContain('train it again');
});

test.each([
  [0, [false, false, false]],
  [12, [false, false, false]],
  [19, [false, false, true]],
  [40, [true, false, true]],
])('with %i validation images it says what they are too few for', async (count, known) => {
  const trust = await measureTrust(pairModel(3), features(count), { signal });
  const { calibration, abstention, outliers } = trust;
  expect([calibration, abstention, outliers].map((part) => part !== null)).toEqual(known);
  for (const [index, { text }] of describeTrust(trust).entries()) {
    if (!known[index])
      expect(text).toContain(count === 0 && index === 1 ? 'no validation images' : `${count}`);
  }
});
