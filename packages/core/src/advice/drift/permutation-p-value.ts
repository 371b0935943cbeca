/** Statistics this close, relative to the largest, differ by rounding alone. */
const rounding = 1e-10;

/**
 * The p-value (1 + permuted values at least as large) / (1 + permuted values), which is never too small (Phipson and
 * Smyth, "Permutation p-values should never be zero", 2010), and the smallest of the values that would have had one of
 * `alpha` or less: a statistic must exceed it. Infinite where there are too few for any. Sorts `permuted`.
 */
export const permutationPValue = (
  statistic: number,
  permuted: Float64Array,
  alpha: number,
): { pValue: number; critical: number } => {
  permuted.sort();
  const largest = Math.max(Math.abs(permuted[0]!), Math.abs(permuted.at(-1)!), Math.abs(statistic));
  const threshold = statistic - rounding * largest;
  const reached = permuted.reduce((count, value) => count + (value >= threshold ? 1 : 0), 0);
  const allowed = Math.floor(alpha * (permuted.length + 1) + rounding) - 1;
  return {
    pValue: (1 + reached) / (1 + permuted.length),
    critical: allowed < 0 ? Infinity : permuted[permuted.length - 1 - allowed]!,
  };
};
