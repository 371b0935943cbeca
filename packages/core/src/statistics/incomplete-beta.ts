import { logGamma } from './log-gamma.js';

const tiny = 1e-300;
const precision = 1e-16;

/** The continued fraction of the incomplete beta function by Lentz's method; fast where x < (a + 1) / (a + b + 2). */
const continuedFraction = (x: number, a: number, b: number): number => {
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; ; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) <= precision || m === 10_000) return fraction;
  }
};

/**
 * The regularised incomplete beta function I_x(a, b) for a, b >= 0.5 (Press et al., "Numerical recipes", 2007, 6.4):
 * the distribution function of Beta(a, b), and with it those of the binomial, Student's t and F.
 */
export const incompleteBeta = (x: number, a: number, b: number): number => {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return (front * continuedFraction(x, a, b)) / a;
  return 1 - (front * continuedFraction(1 - x, b, a)) / b;
};
