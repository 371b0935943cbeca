import type { FeatureRows } from '../advice/drift/feature-rows.js';
import { drawNormal } from '../statistics/draw-normal.js';
import { randomGenerator } from '../training/random-generator.js';

/** Independent standard normal features. */
export const gaussianRows = (rows: number, columns: number, seed: number): FeatureRows => {
  const generator = randomGenerator(seed, 'gaussian-rows');
  return { values: Float32Array.from({ length: rows * columns }, () => drawNormal(generator)), columns };
};

/**
 * Rows of a population whose features are correlated, skewed and at times zero, as a backbone's are: a ramp of mixed
 * normal factors, rectified, each feature on a scale of its own. `shift` moves the mean of the first four of eight
 * factors, in their standard deviations.
 */
export const backboneLikeRows = (rows: number, columns: number, seed: number, shift = 0): FeatureRows => {
  const factors = 8;
  const mixing = gaussianRows(columns, factors, 1).values;
  const generator = randomGenerator(seed, 'backbone-like-rows');
  const values = new Float32Array(rows * columns);
  const factor = new Float64Array(factors);
  for (let row = 0; row < rows; row++) {
    for (let index = 0; index < factors; index++)
      factor[index] = drawNormal(generator) + (index < 4 ? shift : 0);
    for (let column = 0; column < columns; column++) {
      let value = drawNormal(generator);
      for (let index = 0; index < factors; index++)
        value += 0.5 * mixing[column * factors + index]! * factor[index]!;
      values[row * columns + column] = (1 + (column % 5)) * Math.max(0, value) ** 1.5;
    }
  }
  return { values, columns };
};
