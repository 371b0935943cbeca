import { logGamma } from './log-gamma.js';

const precision = 1e-15;

/** The lower regularised incomplete gamma function by its series, which converges fast for x < a + 1. */
const lowerBySeries = (a: number, x: number): number => {
  let term = 1 / a;
  let sum = term;
  for (let step = 1; term > sum * precision; step++) {
    term *= x / (a + step);
    sum += term;
  }
  return sum * Math.exp(a * Math.log(x) - x - logGamma(a));
};

/** The upper one by its continued fraction (Lentz's method), which converges fast for x > a + 1. */
const upperByFraction = (a: number, x: number): number => {
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let fraction = d;
  for (let step = 1; ; step++) {
    const factor = step * (a - step);
    b += 2;
    d = 1 / (b + factor * d);
    c = b + factor / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < precision) return fraction * Math.exp(a * Math.log(x) - x - logGamma(a));
  }
};

/**
 * The probability that a chi-square variable of `freedom` degrees is at least `statistic` (Press et al., "Numerical
 * recipes", 2007, section 6.2).
 */
export const chiSquareTail = (statistic: number, freedom: number): number => {
  const [a, x] = [freedom / 2, statistic / 2];
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - lowerBySeries(a, x) : upperByFraction(a, x);
};
