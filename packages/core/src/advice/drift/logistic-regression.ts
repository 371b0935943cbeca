import { Lbfgs } from '../../training/head/lbfgs.js';
import type { FeatureRows } from './feature-rows.js';

const limit = 200;

/** A linear score of rows: `weights` of the columns and `bias`. */
export interface LinearScore {
  readonly weights: Float32Array;
  readonly bias: number;
}

/** The score of a row: its log odds of being a positive one. */
export const scoreRow = (
  { values, columns }: FeatureRows,
  row: number,
  { weights, bias }: LinearScore,
): number => {
  let score = bias;
  for (let column = 0; column < columns; column++)
    score += weights[column]! * values[row * columns + column]!;
  return score;
};

/**
 * Two-class logistic regression on the given rows, both classes weighing the same, with `ridge` / 2 times the squared
 * weights added to the sum of losses. Columns should be of unit scale.
 */
export const fitLogistic = (
  rows: FeatureRows,
  { positive, negative, ridge }: { positive: Int32Array; negative: Int32Array; ridge: number },
): LinearScore => {
  const { values, columns } = rows;
  const total = positive.length + negative.length;
  const evaluate = (point: Float32Array): { loss: number; gradient: Float32Array } => {
    const model = { weights: point.subarray(0, columns), bias: point[columns]! };
    const gradient = new Float64Array(columns + 1);
    let loss = 0;
    const addRows = (indexes: Int32Array, sign: 1 | -1): void => {
      const weight = total / (2 * indexes.length);
      for (const row of indexes) {
        const margin = sign * scoreRow(rows, row, model);
        loss += weight * (Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin))));
        const slope = (-sign * weight) / (1 + Math.exp(margin));
        for (let column = 0; column < columns; column++) {
          gradient[column]! += slope * values[row * columns + column]!;
        }
        gradient[columns]! += slope;
      }
    };
    addRows(positive, 1);
    addRows(negative, -1);
    for (let column = 0; column < columns; column++) {
      loss += (ridge / 2) * point[column]! ** 2;
      gradient[column]! += ridge * point[column]!;
    }
    return { loss, gradient: Float32Array.from(gradient) };
  };
  const scale = new Float32Array(columns + 1).fill(1 / (total / 4 + ridge));
  const minimiser = new Lbfgs(new Float32Array(columns + 1), { scale, tolerance: 1e-4 * total, limit });
  while (!minimiser.done) {
    const { loss, gradient } = evaluate(minimiser.point);
    minimiser.observe(loss, gradient);
  }
  return { weights: minimiser.point.slice(0, columns), bias: minimiser.point[columns]! };
};
