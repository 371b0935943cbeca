/** Mean and deviation of each feature over all rows. */
export interface ColumnStatistics {
  readonly mean: Float64Array;
  /** Never 0: see `columnStatistics`. */
  readonly deviation: Float64Array;
}

/** A feature that varies less than this share of the typical one isn't blown up to full size. */
const smallestShare = 0.01;

/**
 * Statistics of rows handed over in chunks (each row `features` long), in double precision. The deviation of a
 * feature that hardly varies is raised to a hundredth of the root mean square of all, so that a channel that was all
 * but silent in training can't outweigh the others later; where nothing varies it is 1.
 */
export const columnStatistics = (features: number) => {
  const sums = new Float64Array(features);
  const squares = new Float64Array(features);
  let count = 0;
  return {
    add: (rows: Float32Array): void => {
      for (let start = 0; start < rows.length; start += features) {
        for (let column = 0; column < features; column++) {
          const value = rows[start + column]!;
          sums[column]! += value;
          squares[column]! += value * value;
        }
        count++;
      }
    },
    finish: (): ColumnStatistics => {
      const mean = sums.map((sum) => sum / count);
      const variance = squares.map((square, column) => Math.max(0, square / count - mean[column]! ** 2));
      const typical = Math.sqrt(variance.reduce((total, value) => total + value, 0) / features);
      const floor = typical > 0 ? smallestShare * typical : 1;
      return { mean, deviation: variance.map((value) => Math.max(Math.sqrt(value), floor)) };
    },
  };
};

/** `(row - mean) / deviation`, in place. */
export const standardise = (rows: Float32Array, { mean, deviation }: ColumnStatistics): Float32Array => {
  const features = mean.length;
  for (let start = 0; start < rows.length; start += features) {
    for (let column = 0; column < features; column++) {
      rows[start + column] = (rows[start + column]! - mean[column]!) / deviation[column]!;
    }
  }
  return rows;
};
