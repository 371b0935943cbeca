import { describe, expect, test } from 'vitest';
import { randomGenerator } from './random-generator.js';
import { xoshiro128 } from './xoshiro128.js';

describe('xoshiro128', () => {
  test('gives the published first outputs of the state 1, 2, 3, 4', () => {
    const bits = xoshiro128([1, 2, 3, 4]);
    const expected = [11520, 0, 5927040, 70819200, 2031721883, 1637235492];
    expect(expected.map(() => bits())).toEqual(expected);
  });
});

describe('randomGenerator', () => {
  test('depends on the seed and on each part of the stream, and on nothing else', () => {
    const draw = (...stream: [number, ...(string | number)[]]) => randomGenerator(...stream).bits();
    expect(draw(1, 'order', 2)).toBe(draw(1, 'order', 2));
    const others = [draw(1, 'order', 2), draw(2, 'order', 2), draw(1, 'folds', 2), draw(1, 'order', 3)];
    expect(new Set(others).size).toBe(4);
  });

  test('is uniform: mean, and a chi-squared statistic over 20 cells', () => {
    const generator = randomGenerator(3, 'uniform');
    const cells = new Array<number>(20).fill(0);
    let sum = 0;
    for (let draw = 0; draw < 40_000; draw++) {
      sum += generator.uniform();
      cells[generator.below(20)]!++;
    }
    expect(Math.abs(sum / 40_000 - 0.5)).toBeLessThan(4 / Math.sqrt(12 * 40_000));
    const statistic = cells.reduce((total, count) => total + (count - 2000) ** 2 / 2000, 0);
    expect(statistic).toBeLessThan(43.8); // the 99.9 % quantile of 19 degrees of freedom
  });

  test('shuffles every element to every place equally often', () => {
    const places = Array.from({ length: 5 }, () => new Array<number>(5).fill(0));
    for (let round = 0; round < 5000; round++) {
      const order = randomGenerator(0, 'shuffle', round).shuffle([0, 1, 2, 3, 4]);
      for (const [place, element] of order.entries()) places[element]![place]!++;
    }
    for (const count of places.flat()) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(800));
  });
});
