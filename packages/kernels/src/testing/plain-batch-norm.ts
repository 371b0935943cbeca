/** Mean and biased variance of a list, in double precision. */
const moments = (values: readonly number[]): { mean: number; variance: number } => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance };
};

/** Batch-norm of x [rows, columns] by its own statistics, in double precision. */
export const plainBatchNorm = (
  x: ArrayLike<number>,
  gamma: ArrayLike<number>,
  beta: ArrayLike<number>,
  epsilon: number,
): { y: number[]; mean: number[]; variance: number[] } => {
  const columns = gamma.length;
  const statistics = Array.from(gamma, (_, column) =>
    moments(Array.from(x).filter((_value, index) => index % columns === column)),
  );
  const y = Array.from(x, (value, index) => {
    const column = index % columns;
    const { mean, variance } = statistics[column]!;
    return ((value - mean) / Math.sqrt(variance + epsilon)) * gamma[column]! + beta[column]!;
  });
  return {
    y,
    mean: statistics.map(({ mean }) => mean),
    variance: statistics.map(({ variance }) => variance),
  };
};
