import { RegraftError } from '@regraft/errors';
import type { Outcomes } from './tally.js';

/** As scikit-learn does for float32, so that a certain mistake costs 15.9 nats and not infinity. */
const smallestProbability = 2 ** -23;

const invalid = (rule: string, received: string): RegraftError =>
  new RegraftError({
    code: 'data-invalid',
    message: `${rule} Received: ${received}.`,
    hint: 'Give one row of class probabilities and one class index for each example.',
  });

const readRow = (row: Float32Array): { predicted: number; total: number } => {
  let predicted = 0;
  let total = 0;
  for (let index = 0; index < row.length; index++) {
    total += row[index]!;
    if (row[index]! > row[predicted]!) predicted = index;
  }
  return { predicted, total };
};

/** What was predicted, how surely, and at what loss; a tie goes to the first class. Throws `data-invalid`. */
export const readOutcomes = (
  probabilities: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
): Outcomes => {
  const size = labels.length;
  if (size === 0) throw invalid('An evaluation needs at least one example.', '0');
  if (probabilities.length !== size * classes) {
    throw invalid(
      `${size} examples of ${classes} classes have ${size * classes} probabilities.`,
      String(probabilities.length),
    );
  }
  const outcomes: Outcomes = {
    actual: new Int32Array(size),
    predicted: new Int32Array(size),
    confidence: new Float64Array(size),
    loss: new Float64Array(size),
  };
  for (let index = 0; index < size; index++) {
    const actual = labels[index]!;
    if (!Number.isInteger(actual) || actual < 0 || actual >= classes) {
      throw invalid(`A label is a class index from 0 to ${classes - 1}.`, `${actual} at example ${index}`);
    }
    const row = probabilities.subarray(index * classes, (index + 1) * classes);
    const { predicted, total } = readRow(row);
    if (!(Math.abs(total - 1) <= 1e-3)) {
      throw invalid('The probabilities of an example add up to 1.', `${total} at example ${index}`);
    }
    outcomes.actual[index] = actual;
    outcomes.predicted[index] = predicted;
    outcomes.confidence[index] = row[predicted]!;
    outcomes.loss[index] = -Math.log(Math.max(row[actual]!, smallestProbability));
  }
  return outcomes;
};
