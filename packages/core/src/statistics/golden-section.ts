const ratio = (Math.sqrt(5) - 1) / 2;

/** Where a function with one minimum between `low` and `high` has it, to `tolerance` (Kiefer 1953). */
export const goldenSection = (
  of: (at: number) => number,
  low: number,
  high: number,
  tolerance: number,
): number => {
  let [left, right] = [low, high];
  let [first, second] = [right - ratio * (right - left), left + ratio * (right - left)];
  let [atFirst, atSecond] = [of(first), of(second)];
  while (right - left > tolerance) {
    if (atFirst <= atSecond) {
      [right, second, atSecond] = [second, first, atFirst];
      first = right - ratio * (right - left);
      atFirst = of(first);
    } else {
      [left, first, atFirst] = [first, second, atSecond];
      second = left + ratio * (right - left);
      atSecond = of(second);
    }
  }
  return (left + right) / 2;
};
