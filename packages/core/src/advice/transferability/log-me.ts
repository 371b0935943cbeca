import { RegraftError } from '@regraft/errors';
import { goldenSection } from '../../statistics/golden-section.js';
import { symmetricSpectrum } from '../../statistics/symmetric-spectrum.js';
import { createBreather, throwIfCancelled } from '../../training/breathe.js';
import { countLabels } from '../../training/class-weights.js';
import { range } from '../../training/example-source.js';

/** Eigenvalues below this share of the largest are rounding. */
const smallestShare = 1e-12;

/** Decades of prior over noise precision that are searched, from the largest eigenvalue on. */
const decades = { low: -12, high: 6 };

const requireFeatures = (features: Float32Array, labels: ArrayLike<number>, classes: number): number => {
  const n = labels.length;
  const width = features.length / n;
  const valid = Array.from(labels).every((label) => Number.isInteger(label) && label >= 0 && label < classes);
  if (n > 0 && width >= 1 && Number.isInteger(width) && valid && features.every(Number.isFinite))
    return width;
  throw new RegraftError({
    code: 'data-invalid',
    message: `LogME needs a row of finite features and a class index from 0 to ${classes - 1} for each example. Received: ${features.length} numbers and ${n} labels${valid ? '' : ', one of them outside'}.`,
    hint: 'Give the pooled features of labelled examples.',
  });
};

const transpose = (matrix: Float32Array, rows: number, columns: number): Float64Array => {
  const turned = new Float64Array(matrix.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + row] = matrix[row * columns + column]!;
    }
  }
  return turned;
};

/** The lower triangle of matrix * matrix^T, `[rows, rows]`, four products at a time. */
const gram = async (
  matrix: Float64Array,
  rows: number,
  columns: number,
  pause: () => Promise<void>,
): Promise<Float64Array> => {
  const products = new Float64Array(rows * rows);
  const row = (index: number): Float64Array =>
    matrix.subarray(Math.min(index, rows - 1) * columns, (Math.min(index, rows - 1) + 1) * columns);
  for (let j = 0; j < rows; j += 4) {
    await pause();
    const [first, second, third, fourth] = [row(j), row(j + 1), row(j + 2), row(j + 3)];
    for (let i = j; i < rows; i++) {
      const own = row(i);
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let at = 0; at < columns; at++) {
        const value = own[at]!;
        a += value * first[at]!;
        b += value * second[at]!;
        c += value * third[at]!;
        d += value * fourth[at]!;
      }
      products[i * rows + j] = a;
      if (j + 1 <= i) products[i * rows + j + 1] = b;
      if (j + 2 <= i) products[i * rows + j + 2] = c;
      if (j + 3 <= i) products[i * rows + j + 3] = d;
    }
  }
  return products;
};

/** Squared singular values of the features, and the squares of each class's coordinates along their directions. */
interface Projection {
  readonly values: Float64Array;
  readonly squares: readonly Float64Array[];
}

const project = async (
  features: Float32Array,
  labels: ArrayLike<number>,
  { n, width, classes }: { n: number; width: number; classes: readonly number[] },
  pause: () => Promise<void>,
): Promise<Projection> => {
  const wide = n <= width;
  const matrix = wide ? Float64Array.from(features) : transpose(features, n, width);
  const [size, length] = wide ? [n, width] : [width, n];
  const indicators = classes.map((label) => Float64Array.from(labels, (own) => (own === label ? 1 : 0)));
  const vectors = wide
    ? indicators
    : indicators.map((indicator) =>
        Float64Array.from({ length: width }, (_, feature) => {
          let total = 0;
          for (let row = 0; row < n; row++) total += indicator[row]! * matrix[feature * n + row]!;
          return total;
        }),
      );
  const products = await gram(matrix, size, length, pause);
  const { values, coordinates } = await symmetricSpectrum(products, size, vectors, pause);
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  const kept = [...values.keys()].filter((index) => values[index]! > smallestShare * largest);
  return {
    values: Float64Array.from(kept, (index) => values[index]!),
    squares: coordinates.map((own) =>
      Float64Array.from(kept, (index) => own[index]! ** 2 / (wide ? 1 : values[index]!)),
    ),
  };
};

/**
 * The mean log evidence of one class's indicator for t = alpha / beta, with the best beta for it: the covariance
 * I / beta + F F^T / alpha has the eigenvalues (t + value) / (t beta), and 1 / beta beyond the features.
 */
const evidenceAt = (
  t: number,
  values: Float64Array,
  squares: Float64Array,
  beyond: number,
  n: number,
): number => {
  let residual = beyond;
  let logs = 0;
  for (let index = 0; index < values.length; index++) {
    const share = t / (t + values[index]!);
    residual += squares[index]! * share;
    logs += Math.log(share);
  }
  return 0.5 * (logs / n + Math.log(n / residual) - 1 - Math.log(2 * Math.PI));
};

const bestEvidence = (values: Float64Array, squares: Float64Array, count: number, n: number): number => {
  const beyond = Math.max(0, count - squares.reduce((total, square) => total + square, 0));
  const largest = values.reduce((most, value) => Math.max(most, value), Number.MIN_VALUE);
  const at = (decade: number) => evidenceAt(largest * 10 ** decade, values, squares, beyond, n);
  const grid = range(decades.low, decades.high + 1).map(at);
  const highest = decades.low + grid.indexOf(Math.max(...grid));
  const place = goldenSection((decade) => -at(decade), highest - 1, highest + 1, 1e-6);
  return Math.max(at(place), ...grid);
};

/**
 * How well features `[n, features]` suit labels, without training: LogME (You, Liu, Wang and Long, "LogME: practical
 * assessment of pre-trained models for transfer learning", 2021), the evidence per example of a Bayesian linear
 * regression on each class's indicator, in nats, averaged over the classes that have examples. Higher is better; only
 * differences between feature sets for the same labels mean something.
 *
 * The maximum over both precisions that the paper's fixed-point iteration heads for is found by a search over their
 * ratio, for which the other is known in closed form. Time goes as the square of the lesser of n and features times
 * the greater: about a second for 1,000 examples of 1,280 features; a stratified sample of so many tells backbones
 * apart. Throws `data-invalid`
 * and `cancelled`.
 *
 * @example await logMe(features, labels, 2) // -0.31
 */
export const logMe = async (
  features: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<number> => {
  const width = requireFeatures(features, labels, classes);
  const n = labels.length;
  const counts = countLabels(labels, classes);
  const present = range(0, classes).filter((label) => counts[label]! > 0);
  const breathe = createBreather();
  const pause = async (): Promise<void> => {
    await breathe();
    throwIfCancelled(signal);
  };
  const { values, squares } = await project(features, labels, { n, width, classes: present }, pause);
  const evidences = present.map((label, index) => bestEvidence(values, squares[index]!, counts[label]!, n));
  return evidences.reduce((total, evidence) => total + evidence, 0) / present.length;
};
