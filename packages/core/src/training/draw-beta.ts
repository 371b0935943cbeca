import { drawNormal } from '../statistics/draw-normal.js';
import type { RandomGenerator } from './random-generator.js';

/** A gamma-distributed number of scale 1 (Marsaglia and Tsang, "A simple method for generating gamma variables", 2000). */
const drawGamma = (generator: RandomGenerator, shape: number): number => {
  if (shape < 1) return drawGamma(generator, shape + 1) * (1 - generator.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(generator);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - generator.uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
};

/**
 * A number in [0, 1] of the symmetric beta distribution: near 0 or 1 for a small `alpha`, uniform for 1, near a half
 * for a large one.
 *
 * @example drawBeta(randomGenerator(seed, 'mix', step), 0.2)
 */
export const drawBeta = (generator: RandomGenerator, alpha: number): number => {
  const [a, b] = [drawGamma(generator, alpha), drawGamma(generator, alpha)];
  // Both may be too small for a double; then either end is as likely.
  return a + b > 0 ? a / (a + b) : Math.round(generator.uniform());
};
