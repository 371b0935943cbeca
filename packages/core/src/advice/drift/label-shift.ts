import { RegraftError } from '@regraft/errors';
import { z } from 'zod';
import { percentileBounds } from '../../evaluation/bootstrap-metrics.js';
import { createBreather, throwIfCancelled } from '../../training/breathe.js';
import { type RandomGenerator, randomGenerator } from '../../training/random-generator.js';
import { invertMatrix } from './invert-matrix.js';

const resamples = 500;

/** Beyond this an error of one hundredth in the predicted shares is one of a half in the estimate. */
const worstCondition = 50;

const shareSchema = z.number().min(0).max(1);

/** The proportions of the classes in new, unlabelled data, or why they can't be told. */
export const labelShiftSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('estimated'),
    classes: z.array(
      z.object({
        label: z.string(),
        /** Of the validation examples. */
        before: shareSchema,
        /** Of the new examples predicted as it. */
        predicted: shareSchema,
        /** Of the new examples, with a 95 % interval. */
        estimate: shareSchema,
        low: shareSchema,
        high: shareSchema,
      }),
    ),
    /** By how much an error in the predicted shares is magnified at worst. */
    condition: z.number().positive(),
    n: z.object({ validation: z.int().positive(), sample: z.int().positive() }),
    resamples: z.int().positive(),
    seed: z.int(),
  }),
  z.object({
    outcome: z.literal('undetermined'),
    /** `no-examples`: of some class in validation; `classes-confused`: predictions tell too little about classes. */
    reason: z.enum(['no-examples', 'classes-confused']),
    /** Null where the confusion matrix has no inverse at all. */
    condition: z.number().positive().nullable(),
  }),
]);

export type LabelShift = z.infer<typeof labelShiftSchema>;

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

const requireShape = (
  confusion: readonly (readonly number[])[],
  predicted: readonly number[],
  classNames: readonly string[],
): void => {
  const lengths = [predicted.length, confusion.length, ...confusion.map((row) => row.length)];
  const counts = [...predicted, ...confusion.flat()];
  const whole = counts.every((count) => Number.isInteger(count) && count >= 0);
  if (whole && sumOf(predicted) > 0 && lengths.every((length) => length === classNames.length)) return;
  throw new RegraftError({
    code: 'data-invalid',
    message: `A label shift is estimated from a square table of counts and a count of new predictions for each class. Received: ${classNames.length} classes, ${confusion.length} rows of counts and ${sumOf(predicted)} predictions over ${predicted.length} classes.`,
    hint: "Take the table from the version's evaluation report and count its predictions on the new images.",
  });
};

/** P(predicted | actual) as the matrix that takes shares of actual classes to shares of predicted ones. */
const transition = (confusion: readonly (readonly number[])[]): Float64Array => {
  const size = confusion.length;
  const matrix = new Float64Array(size * size);
  for (const [actual, row] of confusion.entries()) {
    const total = sumOf(row);
    for (const [predicted, count] of row.entries()) matrix[predicted * size + actual] = count / total;
  }
  return matrix;
};

/** The shares nearest to what the inverse gives that are shares: negative ones are 0. */
const sharesOf = (inverse: Float64Array, predicted: readonly number[]): number[] => {
  const total = sumOf(predicted);
  const raw = predicted.map((_, actual) =>
    predicted.reduce(
      (sum, count, index) => sum + (inverse[actual * predicted.length + index]! * count) / total,
      0,
    ),
  );
  const positive = raw.map((value) => Math.max(0, value));
  return positive.map((value) => value / sumOf(positive));
};

/** As many draws with replacement as there are counts, counted. */
const resample = (counts: readonly number[], generator: RandomGenerator): number[] => {
  const drawn = counts.map(() => 0);
  const labels = counts.flatMap((count, index) => Array<number>(count).fill(index));
  for (let draw = 0; draw < labels.length; draw++) drawn[labels[generator.below(labels.length)]!]!++;
  return drawn;
};

/**
 * Estimates the proportions of the classes in new data from what a version predicts on it and from its confusions in
 * validation, `confusion[actual][predicted]` as in an evaluation report (black-box shift estimation: Lipton, Wang and
 * Smola, "Detecting and correcting for label shift with black box predictors", 2018). Holds if only the proportions
 * changed, and not what images of a class look like. 95 % intervals by bootstrap of the predictions and, class by
 * class, of the validation examples; a draw that leaves no inverse is drawn again. Time grows with the cube of the
 * classes. Throws `data-invalid` for counts that don't go together and `cancelled`.
 *
 * @example await estimateLabelShift({ classNames, confusion: report.confusion, predicted: [40, 70, 90] })
 */
export const estimateLabelShift = async ({
  classNames,
  confusion,
  predicted,
  seed = 0,
  signal,
}: {
  classNames: readonly string[];
  confusion: readonly (readonly number[])[];
  predicted: readonly number[];
  seed?: number;
  signal?: AbortSignal | undefined;
}): Promise<LabelShift> => {
  requireShape(confusion, predicted, classNames);
  const undetermined = (
    reason: 'no-examples' | 'classes-confused',
    condition: number | null,
  ): LabelShift => ({ outcome: 'undetermined', reason, condition });
  if (confusion.some((row) => sumOf(row) === 0)) return undetermined('no-examples', null);
  const found = invertMatrix(transition(confusion), classNames.length);
  if (found === null || found.condition > worstCondition) {
    return undetermined('classes-confused', found?.condition ?? null);
  }
  const generator = randomGenerator(seed, 'label-shift');
  const estimates: number[][] = [];
  const breathe = createBreather();
  while (estimates.length < resamples) {
    await breathe();
    throwIfCancelled(signal);
    const drawn = invertMatrix(
      transition(confusion.map((row) => resample(row, generator))),
      classNames.length,
    );
    if (drawn !== null) estimates.push(sharesOf(drawn.inverse, resample(predicted, generator)));
  }
  const [validation, sample] = [sumOf(confusion.flat()), sumOf(predicted)];
  const shares = sharesOf(found.inverse, predicted);
  return {
    outcome: 'estimated',
    classes: classNames.map((label, index) => ({
      label,
      before: sumOf(confusion[index]!) / validation,
      predicted: predicted[index]! / sample,
      estimate: shares[index]!,
      ...percentileBounds(estimates.map((values) => values[index]!)),
    })),
    condition: found.condition,
    n: { validation, sample },
    resamples,
    seed,
  };
};
