import { bisect } from './bisect.js';
import { incompleteBeta } from './incomplete-beta.js';
import { logGamma } from './log-gamma.js';

/** P(X = successes) for X ~ Binomial(trials, share), 0 < share < 1. */
export const binomialProbability = (successes: number, trials: number, share: number): number =>
  Math.exp(
    logGamma(trials + 1) -
      logGamma(successes + 1) -
      logGamma(trials - successes + 1) +
      successes * Math.log(share) +
      (trials - successes) * Math.log1p(-share),
  );

/** P(X <= successes) for X ~ Binomial(trials, share). */
export const binomialDistribution = (successes: number, trials: number, share: number): number =>
  successes >= trials ? 1 : incompleteBeta(1 - share, trials - successes, successes + 1);

/**
 * The exact one-sided lower confidence bound of a proportion (Clopper and Pearson 1934): at the share below which
 * so many successes would be rarer than `risk`. 0 without a success.
 *
 * @example exactLowerBound(59, 59, 0.05) // 0.950
 */
export const exactLowerBound = (successes: number, trials: number, risk: number): number =>
  successes === 0
    ? 0
    : bisect((share) => incompleteBeta(share, successes, trials - successes + 1) - risk, 0, 1);
