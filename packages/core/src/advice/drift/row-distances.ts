import { createBreather, throwIfCancelled } from '../../training/breathe.js';
import { type FeatureRows, rowAt, rowCount } from './feature-rows.js';
import { type PrincipalSpace, projectRows } from './principal-coordinates.js';

const neighbours = 5;

/** The distance of one row to its nearest rows of the reference, and how unusual it is. */
export interface RowDistance {
  readonly row: number;
  /** Mean distance to its five nearest rows of the reference. */
  readonly distance: number;
  /** The share of reference rows that are as far from the others of the reference: near 0 for a row unlike them. */
  readonly pValue: number;
}

/** Mean Euclidean distance of a row to its nearest rows of the reference, `skip` left out. */
const nearestDistance = (
  rows: FeatureRows,
  row: number,
  reference: FeatureRows,
  skip: number | null,
): number => {
  const { columns } = reference;
  const count = rowCount(reference);
  const nearest = new Float64Array(Math.min(neighbours, skip === null ? count : count - 1)).fill(Infinity);
  for (let other = 0; other < count; other++) {
    if (other === skip) continue;
    let total = 0;
    for (let column = 0; column < columns; column++) {
      total += (rows.values[row * columns + column]! - reference.values[other * columns + column]!) ** 2;
    }
    let place = nearest.length - 1;
    if (total >= nearest[place]!) continue;
    for (; place > 0 && nearest[place - 1]! > total; place--) nearest[place] = nearest[place - 1]!;
    nearest[place] = total;
  }
  return nearest.reduce((sum, squared) => sum + Math.sqrt(squared), 0) / nearest.length;
};

/** The number of values in an ascending list that are at least `value`. */
const countFrom = (ascending: Float64Array, value: number): number => {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return ascending.length - low;
};

/**
 * How far every row is from the reference (two rows or more), the farthest first: a row's mean distance to its
 * nearest neighbours (Angiulli and Pizzuti, "Fast outlier detection in high dimensional spaces", 2002), and a conformal
 * p-value from the distances of the reference rows to one another (Bates et al., "Testing for outliers with
 * conformal p-values", 2023). Both in the coordinates of `space`.
 */
export const rowDistances = async (
  reference: FeatureRows,
  sample: FeatureRows,
  space: PrincipalSpace,
  signal?: AbortSignal,
): Promise<RowDistance[]> => {
  const breathe = createBreather();
  const near = projectRows(reference, space);
  const own = Float64Array.from({ length: rowCount(near) }, (_, row) =>
    nearestDistance(near, row, near, row),
  ).sort();
  const found: RowDistance[] = [];
  for (let row = 0; row < rowCount(sample); row++) {
    await breathe();
    throwIfCancelled(signal);
    const distance = nearestDistance(projectRows(rowAt(sample, row), space), 0, near, null);
    found.push({ row, distance, pValue: (1 + countFrom(own, distance)) / (1 + own.length) });
  }
  return found.sort((a, b) => b.distance - a.distance || a.row - b.row);
};
