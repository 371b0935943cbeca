import { RegraftError } from '@regraft/errors';
import type { RandomGenerator } from '../../training/random-generator.js';

/** A feature matrix: `values` is `[rows, columns]`, row after row. */
export interface FeatureRows {
  readonly values: Float32Array;
  readonly columns: number;
}

const invalid = (rule: string, received: string): RegraftError =>
  new RegraftError({
    code: 'data-invalid',
    message: `${rule} Received: ${received}.`,
    hint: 'Take the features of both sets from the same backbone, and check its weights and the preprocessing.',
  });

/** How many rows there are. */
export const rowCount = ({ values, columns }: FeatureRows): number => values.length / columns;

/** Throws `data-invalid` unless there are whole rows of finite numbers. */
export const requireFeatureRows = (rows: FeatureRows): void => {
  const { values, columns } = rows;
  if (!Number.isInteger(columns) || columns < 1 || values.length % columns !== 0) {
    throw invalid('Features are whole rows.', `${values.length} values for ${columns} columns`);
  }
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    const place = `row ${Math.floor(wrong / columns)}, column ${wrong % columns}`;
    throw invalid('Features are finite numbers.', `${values[wrong]} in ${place}`);
  }
};

/** Throws `data-invalid` unless both have as many columns. */
export const requireSameColumns = (reference: FeatureRows, sample: FeatureRows): void => {
  if (reference.columns === sample.columns) return;
  throw invalid('Both sets have the same features.', `${reference.columns} and ${sample.columns} columns`);
};

/** One row, in the same memory. */
export const rowAt = ({ values, columns }: FeatureRows, row: number): FeatureRows => ({
  values: values.subarray(row * columns, (row + 1) * columns),
  columns,
});

/** `maximum` of the rows drawn without replacement, in a random order; all of them as they are where they're fewer. */
export const drawRows = (rows: FeatureRows, maximum: number, generator: RandomGenerator): FeatureRows => {
  const count = rowCount(rows);
  if (count <= maximum) return rows;
  const { columns } = rows;
  const order = Int32Array.from({ length: count }, (_, index) => index);
  const values = new Float32Array(maximum * columns);
  for (const [index, row] of generator.shuffle(order).subarray(0, maximum).entries()) {
    values.set(rowAt(rows, row).values, index * columns);
  }
  return { values, columns };
};

/** The rows of the first, then those of the second, in memory of their own. */
export const poolRows = (first: FeatureRows, second: FeatureRows): FeatureRows => {
  const values = new Float32Array(first.values.length + second.values.length);
  values.set(first.values);
  values.set(second.values, first.values.length);
  return { values, columns: first.columns };
};
