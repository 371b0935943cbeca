import { expect, test } from 'vitest';
import { drawNormal } from '../statistics/draw-normal.js';
import { clusteredFeatures } from '../testing/clustered-features.js';
import { regraftErrorOf } from '../testing/regraft-error-of.js';
import { examplesFromArray, range } from '../training/example-source.js';
import { randomGenerator } from '../training/random-generator.js';
import {
  fitOutlierDetector,
  leaveOneOutScores,
  outlierDetectorSchema,
  outlierScores,
  setFalseAlarms,
} from './outlier-detector.js';

const features = 32;
const classes = 4;

/** Rows of six clusters; the detector knows the first four. */
const clusters = (rows: number, spread: number, seed = 1) => {
  const generator = randomGenerator(seed, 'outliers');
  const { values, labels } = clusteredFeatures(generator, { rows, features, classes: 6, spread });
  const of = (wanted: (label: number, row: number) => boolean) => {
    const kept = range(0, rows).filter((row) => wanted(labels[row]!, row));
    const own = new Float32Array(kept.length * features);
    for (const [index, row] of kept.entries()) {
      own.set(values.subarray(row * features, (row + 1) * features), index * features);
    }
    return { values: own, labels: kept.map((row) => labels[row]!) };
  };
  const half = rows / 2;
  return {
    train: of((label, row) => label < classes && row < half),
    heldOut: of((label, row) => label < classes && row >= half),
    foreign: of((label) => label >= classes),
  };
};

const fit = ({ values, labels }: { values: Float32Array; labels: number[] }, references?: number) =>
  fitOutlierDetector({ examples: examplesFromArray(values, [features]), labels }, classes, { references });

/** The share of pairs in which the outlier scores more. */
const areaUnderCurve = (inside: Float32Array, outside: Float32Array): number => {
  let won = 0;
  for (const a of inside) for (const b of outside) won += b > a ? 1 : b === a ? 0.5 : 0;
  return won / (inside.length * outside.length);
};

test('is the length of what the references do not account for', async () => {
  // Unit rows (1, 0), (0, 1): centre (.5, .5), references +-(.5, -.5), ridge 1 / 2.
  const detector = await fitOutlierDetector(
    { examples: examplesFromArray(Float32Array.of(2, 0, 0, 3), [2]), labels: [0, 1] },
    2,
  );
  expect(detector).toMatchObject({ features: 2, ridge: 0.5, threshold: null });
  expect([...detector.references]).toEqual([0.5, -0.5, -0.5, 0.5]);
  const scores = outlierScores(detector, Float32Array.of(7, 0, -1, -1));
  // Along (1, -1) the references' squares add up to 1, so a third of a square of 1 / 2 is left; across, all is.
  expect(scores[0]).toBeCloseTo(Math.sqrt(0.5 / 3), 6);
  expect(scores[1]).toBeCloseTo(1 + Math.SQRT1_2, 6);
  expect(outlierDetectorSchema.parse(detector)).toEqual(detector);
});

test('scores a reference as if it were none', async () => {
  const { train } = clusters(60, 1);
  const detector = await fit(train);
  const count = train.labels.length;
  const inSample = outlierScores(detector, train.values);
  const [last] = leaveOneOutScores(detector, inSample.slice(-1));
  // The same detector without its last reference: its factor is the leading part of the factor.
  const factor = Float64Array.from(
    { length: (count - 1) ** 2 },
    (_, index) => detector.factor[Math.floor(index / (count - 1)) * count + (index % (count - 1))]!,
  );
  const without = { ...detector, references: detector.references.subarray(0, -features), factor };
  expect(last).toBeCloseTo(outlierScores(without, train.values.subarray(-features))[0]!, 4);
  expect(last).toBeGreaterThan(inSample.at(-1)!);
});

test('knows examples that are all alike', async () => {
  const rows = new Float32Array(3 * features).fill(1);
  const detector = await fit({ values: rows, labels: [0, 1, 2] });
  const other = rows.subarray(features).map((value, index) => (index < features ? -value : value));
  const [opposite, same] = outlierScores(detector, other);
  expect(same).toBeCloseTo(0, 3);
  expect(opposite).toBeCloseTo(2, 5);
});

test.each([
  [1, 0.99],
  [1.8, 0.9],
])('tells unknown clusters of width %d from known ones', async (spread, least) => {
  const { train, heldOut, foreign } = clusters(1200, spread);
  const detector = await fit(train);
  const area = areaUnderCurve(
    outlierScores(detector, heldOut.values),
    outlierScores(detector, foreign.values),
  );
  expect(area).toBeGreaterThan(least);
});

test('keeps no more rows than asked for', async () => {
  const { train } = clusters(1200, 1);
  expect((await fit(train, 100)).references).toHaveLength(100 * features);
});

test('raises no more false alarms than it says', async () => {
  let alarms = 0;
  let inputs = 0;
  for (let seed = 0; seed < 600; seed++) {
    const { train, heldOut } = clusters(240, 1, seed);
    const detector = await fit(train);
    const middle = (heldOut.labels.length / 2) * features;
    const ready = setFalseAlarms(detector, heldOut.values.subarray(0, middle), 0.1);
    const scores = outlierScores(ready, heldOut.values.subarray(middle));
    alarms += scores.filter((score) => score > ready.threshold!).length;
    inputs += scores.length;
  }
  expect(alarms / inputs).toBeLessThan(0.105);
  expect(alarms / inputs).toBeGreaterThan(0.08);
});

test('has no threshold with too few examples for it', async () => {
  const { train } = clusters(120, 1);
  const detector = await fit(train);
  const rows = Float32Array.from({ length: 19 * features }, () => drawNormal(randomGenerator(1, 'row')));
  expect(setFalseAlarms(detector, rows, 0.05).threshold).not.toBeNull();
  expect(setFalseAlarms(detector, rows.subarray(features), 0.05)).toMatchObject({
    threshold: null,
    falseAlarms: 0.05,
  });
});

test('refuses rows that do not fit', async () => {
  const detector = await fit(clusters(120, 1).train);
  expect((await regraftErrorOf(() => outlierScores(detector, new Float32Array(5)))).message).toContain(
    '5 numbers',
  );
  const broken = new Float32Array(features).fill(Number.NaN);
  expect((await regraftErrorOf(() => outlierScores(detector, broken))).message).toContain('NaN');
  expect((await regraftErrorOf(() => fit({ values: new Float32Array(), labels: [] }))).code).toBe(
    'data-too-small',
  );
  expect((await regraftErrorOf(() => fit({ values: new Float32Array(32), labels: [] }))).code).toBe(
    'data-invalid',
  );
});
