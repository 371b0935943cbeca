/** Bounds of a 95 % confidence interval. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** The 97.5 % quantile of the standard normal distribution. */
const z = 1.959963984540054;

/**
 * Wilson's score interval for a proportion (Wilson 1927; recommended for small n and extreme proportions by
 * Brown, Cai and DasGupta, "Interval estimation for a binomial proportion", 2001). Never of zero width.
 *
 * @example scoreInterval(20, 20) // { low: 0.839, high: 1 }
 */
export const scoreInterval = (successes: number, trials: number): Bounds => {
  const share = successes / trials;
  const spread = z ** 2 / trials;
  const centre = (share + spread / 2) / (1 + spread);
  const half = (z / (1 + spread)) * Math.sqrt((share * (1 - share)) / trials + spread / (4 * trials));
  return {
    low: successes === 0 ? 0 : centre - half,
    high: successes === trials ? 1 : centre + half,
  };
};

/** Successes out of trials. */
export interface Proportion {
  readonly successes: number;
  readonly trials: number;
}

/**
 * An interval for a weighted sum of independent proportions, from the score interval of each (the "MOVER" of Zou
 * and Donner, "Construction of confidence limits about effect measures", 2008; for a difference of two it is
 * Newcombe's hybrid score interval, 1998).
 *
 * @example combinedScoreInterval([{ successes: 9, trials: 10 }, { successes: 7, trials: 10 }], [1, -1])
 */
export const combinedScoreInterval = (parts: readonly Proportion[], weights: readonly number[]): Bounds => {
  let value = 0;
  let below = 0;
  let above = 0;
  for (const [index, { successes, trials }] of parts.entries()) {
    const weight = weights[index]!;
    const share = successes / trials;
    const { low, high } = scoreInterval(successes, trials);
    value += weight * share;
    below += (weight * (weight > 0 ? share - low : high - share)) ** 2;
    above += (weight * (weight > 0 ? high - share : share - low)) ** 2;
  }
  return { low: value - Math.sqrt(below), high: value + Math.sqrt(above) };
};
