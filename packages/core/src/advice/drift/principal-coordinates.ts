import { type ColumnStatistics, columnStatistics } from '../../training/head/column-statistics.js';
import { orthonormalise } from '../../training/head/orthonormalise.js';
import { randomGenerator } from '../../training/random-generator.js';
import { type FeatureRows, rowCount } from './feature-rows.js';

const rounds = 5;

/** What `principalCoordinates` fitted. */
export interface PrincipalSpace {
  readonly statistics: ColumnStatistics;
  /** Orthonormal, `[dimensions, columns]`. */
  readonly axes: Float32Array;
  readonly dimensions: number;
}

/** The coordinates of rows, `[rows, dimensions]`: standardised columns along the axes. */
export const projectRows = (
  { values, columns }: FeatureRows,
  { statistics: { mean, deviation }, axes, dimensions }: PrincipalSpace,
): FeatureRows => {
  const count = values.length / columns;
  const scaled = new Float64Array(columns);
  const coordinates = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < columns; column++) {
      scaled[column] = (values[row * columns + column]! - mean[column]!) / deviation[column]!;
    }
    for (let axis = 0; axis < dimensions; axis++) {
      let along = 0;
      for (let column = 0; column < columns; column++)
        along += scaled[column]! * axes[axis * columns + column]!;
      coordinates[row * dimensions + axis] = along;
    }
  }
  return { values: coordinates, columns: dimensions };
};

/** `axes` times the scatter matrix of the rows of whose coordinates along them are given. */
const timesScatter = (
  { values, columns }: FeatureRows,
  { mean, deviation }: ColumnStatistics,
  coordinates: FeatureRows,
): Float32Array => {
  const { columns: dimensions } = coordinates;
  const next = new Float64Array(dimensions * columns);
  const scaled = new Float64Array(columns);
  for (let row = 0; row < values.length / columns; row++) {
    for (let column = 0; column < columns; column++) {
      scaled[column] = (values[row * columns + column]! - mean[column]!) / deviation[column]!;
    }
    for (let axis = 0; axis < dimensions; axis++) {
      const along = coordinates.values[row * dimensions + axis]!;
      for (let column = 0; column < columns; column++)
        next[axis * columns + column]! += along * scaled[column]!;
    }
  }
  return Float32Array.from(next);
};

/**
 * The space of at most `most` directions in which standardised rows vary most, by subspace iteration (Halko,
 * Martinsson and Tropp, "Finding structure with randomness", 2011). It depends on the rows as a set: which of them
 * belong to which population has no part in it, so a test that permutes them stays exact. In plain numbers and not
 * on a device, so that the same rows give the same space on every engine.
 */
export const principalSpace = (rows: FeatureRows, most: number): PrincipalSpace => {
  const { columns } = rows;
  const collected = columnStatistics(columns);
  collected.add(rows.values);
  const statistics = collected.finish();
  const dimensions = Math.max(1, Math.min(most, columns, rowCount(rows) - 1));
  const generator = randomGenerator(0, 'principal-space');
  const start = Float32Array.from({ length: dimensions * columns }, () => generator.uniform() - 0.5);
  let space: PrincipalSpace = { statistics, axes: orthonormalise(start, columns), dimensions };
  for (let round = 0; round < rounds; round++) {
    const axes = orthonormalise(timesScatter(rows, statistics, projectRows(rows, space)), columns);
    space = { statistics, axes, dimensions };
  }
  return space;
};
