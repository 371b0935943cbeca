import { bisect } from './bisect.js';

const numerator = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
  221.213596169931, 220.206867912376,
];
const denominator = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
  637.333633378831, 793.826512519948, 440.413735824752,
];

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((total, coefficient) => total * x + coefficient, 0);

/** The standard normal distribution function (Hart 1968 in the form of West 2005), to about 14 digits; 8 beyond 7. */
export const normalDistribution = (x: number): number => {
  const size = Math.abs(x);
  const density = Math.exp((-size * size) / 2);
  const fraction = size + 1 / (size + 2 / (size + 3 / (size + 4 / (size + 0.65))));
  const tail =
    size < 7.07106781186547
      ? (density * polynomial(numerator, size)) / polynomial(denominator, size)
      : density / fraction / Math.sqrt(2 * Math.PI);
  return x > 0 ? 1 - tail : tail;
};

/** Where the standard normal distribution function is `share`; within 38 of 0. */
export const normalQuantile = (share: number): number =>
  share > 0.5 ? -normalQuantile(1 - share) : bisect((x) => normalDistribution(x) - share, -38, 0);
