import { type FeatureRows, rowCount } from './feature-rows.js';

/** The kernel of all pairs of rows. */
export interface KernelMatrix {
  readonly size: number;
  /** exp(-distance ** 2 / (2 bandwidth ** 2)), `[size, size]`. */
  readonly values: Float64Array;
  /** `[size, size]`. */
  readonly squaredDistances: Float64Array;
  readonly bandwidth: number;
}

/** Squared Euclidean distances of all pairs of rows, `[rows, rows]`. */
const pairwiseSquaredDistances = (rows: FeatureRows): Float64Array => {
  const { values, columns } = rows;
  const size = rowCount(rows);
  const distances = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) {
      let total = 0;
      for (let column = 0; column < columns; column++) {
        const difference = values[a * columns + column]! - values[b * columns + column]!;
        total += difference * difference;
      }
      distances[a * size + b] = total;
      distances[b * size + a] = total;
    }
  }
  return distances;
};

const median = (values: Float64Array): number => {
  const sorted = values.sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/**
 * The Gaussian kernel whose bandwidth is the median distance between two different rows (Gretton et al., "A kernel
 * two-sample test", 2012); 1 where all rows are equal.
 */
export const kernelMatrix = (rows: FeatureRows): KernelMatrix => {
  const size = rowCount(rows);
  const squaredDistances = pairwiseSquaredDistances(rows);
  const apart = new Float64Array((size * (size - 1)) / 2);
  let count = 0;
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) {
      const distance = squaredDistances[a * size + b]!;
      if (distance > 0) apart[count++] = Math.sqrt(distance);
    }
  }
  const bandwidth = count === 0 ? 1 : median(apart.subarray(0, count));
  const values = squaredDistances.map((distance) => Math.exp(-distance / (2 * bandwidth ** 2)));
  return { size, values, squaredDistances, bandwidth };
};
