import { describe, expect, test } from 'vitest';
import { drain } from './drain.js';
import { randomGenerator } from './random-generator.js';
import { type RangePoint, rangeTest } from './range-test.js';
import { suggestLearningRate } from './suggest-learning-rate.js';

const range = { from: 1e-7, to: 10, steps: 100 };

const collect = async (takeStep: (rate: number, step: number) => Promise<number>, own = range) => {
  const points: RangePoint[] = [];
  const { diverged } = await drain(rangeTest(takeStep, own), (point) => points.push(point));
  return { points, diverged };
};

/** Gradient descent on x * x / 2 from 1: x is multiplied by 1 - rate. */
const descend = () => {
  let x = 1;
  return (rate: number): Promise<number> => {
    const loss = (x * x) / 2;
    x *= 1 - rate;
    return Promise.resolve(loss);
  };
};

describe('a range test on a quadratic', () => {
  test('has the rates and losses of the closed form, and the average of numbers', async () => {
    const { points } = await collect(descend());
    let product = 1;
    let [weighted, weights] = [0, 0];
    for (const [step, { learningRate, loss, smoothed }] of points.entries()) {
      expect(learningRate / 10 ** (-7 + (8 * step) / 99)).toBeCloseTo(1, 10);
      expect(loss).toBeCloseTo(product ** 2 / 2, 12);
      [weighted, weights] = [0.9 * weighted + loss, 0.9 * weights + 1];
      expect(smoothed).toBeCloseTo(weighted / weights, 12);
      product *= 1 - learningRate;
    }
  });

  test('suggests about where the loss falls fastest: half of how much the logarithm of the rate grows a step', async () => {
    // In the limit of small steps the loss is exp(-2 rate / growth) / 2, steepest over log(rate) at growth / 2.
    const growth = Math.log(10 / 1e-7) / 99;
    const { suggestion, basis } = suggestLearningRate((await collect(descend())).points);
    expect(basis).toBe('steepest');
    expect(suggestion).toBeGreaterThan(growth / 4);
    expect(suggestion).toBeLessThan(growth);
  });

  test('ends when the smoothed loss is four times its lowest, or no number', async () => {
    const rising = (_: number, step: number) => Promise.resolve(step < 20 ? 1 : 10);
    const { points, diverged } = await collect(rising);
    expect(diverged).toBe(true);
    expect(points.at(-1)!.smoothed).toBeGreaterThan(4);
    expect(points.at(-2)!.smoothed).toBeLessThanOrEqual(4);
    const broken = await collect((_, step) => Promise.resolve(step < 30 ? 1 : Number.NaN));
    expect(broken).toMatchObject({ diverged: true, points: { length: 30 } });
    expect((await collect(() => Promise.resolve(1))).diverged).toBe(false);
  });
});

describe('suggestLearningRate', () => {
  const generator = randomGenerator(1, 'noise');

  /** A loss that falls around 1e-3 as a logistic curve does, with noise. */
  const fall = (depth: number, noise: number) =>
    collect((rate) =>
      Promise.resolve(
        2 - depth / (1 + Math.exp(-4 * (Math.log10(rate) + 3))) + noise * (generator.uniform() - 0.5),
      ),
    );

  test.each([0, 0.2])('finds the middle of a fall, with noise of %f', async (noise) => {
    const { suggestion, basis } = suggestLearningRate((await fall(1, noise)).points);
    expect(basis).toBe('steepest');
    expect(Math.abs(Math.log10(suggestion) + 3)).toBeLessThan(noise === 0 ? 0.05 : 0.4);
  });

  test('takes a tenth of the lowest where no fall stands out', async () => {
    const flat = suggestLearningRate((await fall(0, 0)).points);
    expect(flat).toMatchObject({ suggestion: flat.lowest / 10, basis: 'lowest' });
    const few = suggestLearningRate([{ learningRate: 1, loss: 2, smoothed: 2 }]);
    expect(few).toEqual({ suggestion: 0.1, basis: 'lowest', lowest: 1 });
  });
});
