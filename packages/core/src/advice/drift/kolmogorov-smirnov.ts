/**
 * The largest distance between the empirical distributions of two sorted samples, as a multiple of 1 / (m n): a whole
 * number, so that equal distances are equal.
 */
export const stepDistance = (first: Float32Array, second: Float32Array): number => {
  const [m, n] = [first.length, second.length];
  let [a, b, largest] = [0, 0, 0];
  while (a < m && b < n) {
    const value = Math.min(first[a]!, second[b]!);
    while (a < m && first[a] === value) a++;
    while (b < n && second[b] === value) b++;
    largest = Math.max(largest, Math.abs(a * n - b * m));
  }
  return largest;
};

/**
 * The probability that two samples of `m` and `n` from one continuous distribution are `distance / (m n)` or more
 * apart: exact, by counting the orders of the pooled sample as paths (Hodges, "The significance probability of the
 * Smirnov two-sample test", 1958), all terms positive, so that small ones are right too. With ties it is too large
 * rather than too small. Takes time in m n.
 */
export const stepDistancePValue = (distance: number, m: number, n: number): number => {
  if (distance <= 0) return 1;
  const reached = new Float64Array(n + 1);
  for (let a = 0; a <= m; a++) {
    for (let b = 0; b <= n; b++) {
      if (Math.abs(a * n - b * m) >= distance) reached[b] = 1;
      else if (a + b > 0) {
        const above = a === 0 ? 0 : (a * reached[b]!) / (a + b);
        reached[b] = above + (b === 0 ? 0 : (b * reached[b - 1]!) / (a + b));
      }
    }
  }
  return reached[n]!;
};
