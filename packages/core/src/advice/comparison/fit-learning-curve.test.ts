import { expect, test } from 'vitest';
import { drawNormal } from '../../statistics/draw-normal.js';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { statisticsReference } from '../../testing/statistics-reference.js';
import { range } from '../../training/example-source.js';
import { randomGenerator } from '../../training/random-generator.js';
import { fitLearningCurve, learningCurveSchema } from './fit-learning-curve.js';

test("agrees with SciPy's bounded weighted fit", () => {
  const { sizes, errors, trials, floor, exponent, at1280 } = statisticsReference.powerLaw;
  const points = sizes.map((size, index) => ({ size, error: errors[index]!, trials }));
  const curve = fitLearningCurve(points, { sizes: [1280, 320] });
  expect(curve.floor).toBeCloseTo(floor, 5);
  expect(curve.exponent).toBeCloseTo(exponent, 5);
  const [far, near] = curve.predictions;
  expect(far!.error).toBeCloseTo(at1280, 6);
  expect(near!.error).toBeCloseTo(curve.floor + curve.scale * 320 ** -curve.exponent, 12);
  expect(far!.high - far!.low).toBeGreaterThan(near!.high - near!.low);
  expect(learningCurveSchema.parse(curve)).toEqual(curve);
  expect(fitLearningCurve(points, { sizes: [1280, 320] })).toEqual(curve);
});

test('is flat where more data changes nothing, and never below zero', () => {
  const flat = fitLearningCurve(
    [10, 20, 40].map((size) => ({ size, error: 0.2, trials: 100 })),
    { sizes: [400] },
  );
  expect(flat.predictions[0]!.error).toBeCloseTo(0.2, 6);
  const solved = fitLearningCurve(
    [10, 20, 40].map((size) => ({ size, error: 0, trials: 100 })),
    { sizes: [400] },
  );
  expect(solved.predictions[0]).toMatchObject({ error: 0, low: expect.any(Number) });
  expect(solved.predictions[0]!.low).toBeGreaterThanOrEqual(0);
});

test.each([3, 5])('intervals at four times the data cover with %i points', (count) => {
  const generator = randomGenerator(2, 'curve-coverage', count);
  const truth = (size: number) => 0.05 + 1.2 * size ** -0.6;
  const trials = 200;
  let covered = 0;
  for (let repeat = 0; repeat < 200; repeat++) {
    const points = range(0, count).map((index) => {
      const size = 25 * 2 ** index;
      const noise = drawNormal(generator) * Math.sqrt((truth(size) * (1 - truth(size))) / trials);
      return { size, trials, error: Math.min(Math.max(truth(size) + noise, 0), 1) };
    });
    const size = 25 * 2 ** (count + 1);
    const [found] = fitLearningCurve(points, { sizes: [size], resamples: 100, seed: repeat }).predictions;
    if (found!.low <= truth(size) && truth(size) <= found!.high) covered++;
  }
  expect(covered / 200).toBeGreaterThanOrEqual(0.93);
});

test('refuses less than three sizes, and points that cannot be', async () => {
  const two = [10, 10, 20].map((size) => ({ size, error: 0.1, trials: 50 }));
  expect(await regraftErrorOf(() => fitLearningCurve(two, { sizes: [40] }))).toMatchObject({
    code: 'data-too-small',
    message: expect.stringContaining('Received: 2.'),
  });
  const wrong = [10, 20, 40].map((size) => ({ size, error: 1.1, trials: 50 }));
  expect((await regraftErrorOf(() => fitLearningCurve(wrong, { sizes: [40] }))).code).toBe('data-invalid');
});
