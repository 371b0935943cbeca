import { countLabels } from '../class-weights.js';
import { mapYields } from '../drain.js';
import { range } from '../example-source.js';
import type { HeadSummary } from '../training-event.js';
import { choiceFits, chooseRegularisation, defaultRegularisation } from './choose-regularisation.js';
import type { ColumnStatistics } from './column-statistics.js';
import type { HeadProblem, HeldOutScore } from './evaluate-heads.js';
import { createFeatureMatrix, readFeatures } from './feature-matrix.js';
import { type HeadWeights, headCoordinates } from './head-coordinates.js';
import { type HeadData, type HeadRows, readStatistics, selectRows } from './head-data.js';
import { type LeadingAxes, leadingAxes } from './leading-axes.js';
import { minimiseHeads } from './minimise-heads.js';
import { stratifiedFolds, stratifiedSample } from './stratified.js';

/** Examples that regularisation is chosen on, at most; more where that leaves less than four of a class. */
const sampleSize = 2048;
const mostFolds = 5;

/** Multiplications of a choice above which one fold is held out instead of five in turn. */
const workLimit = 1e12;
const typicalEvaluations = 40;

const axisCount = 32;
const choiceTolerance = 1e-3;
const fitTolerance = 1e-5;

/** The fold that no row is in. */
const noFold = -2;

export interface HeadFitOptions {
  readonly regularisation: 'auto' | number;
  readonly labelSmoothing: number;
  readonly seed: number;
  /** Scores of fits made before an interruption. */
  readonly scores: readonly HeldOutScore[];
}

export interface HeadProgress {
  /** Fits that are done, of how many as far as is known: a search for the strength may need more. */
  readonly done: number;
  readonly total: number;
  /** What an interrupted fit would go on from. */
  readonly scores: readonly HeldOutScore[];
}

export interface HeadFit {
  readonly weights: HeadWeights;
  readonly summary: HeadSummary;
}

const findAxes = async (
  { features }: HeadData,
  { indices }: HeadRows,
  statistics: ColumnStatistics,
): Promise<LeadingAxes | null> => {
  if (Math.min(features.shape[0]!, indices.length) <= 2 * axisCount) return null;
  const rows = await readFeatures(features, indices.slice(0, sampleSize), statistics);
  const axes = await leadingAxes(rows, axisCount);
  rows.dispose();
  return axes;
};

/** Of the matrix's columns: known along the axes; beyond them no more than along the last; 1 without axes. */
const columnVariances = (features: number, axes: LeadingAxes | null): Float32Array => {
  if (axes === null) return new Float32Array(features).fill(1);
  const variances = new Float32Array(axes.count + features).fill(axes.variances.at(-1)!);
  variances.set(axes.variances);
  return variances;
};

/** How many folds to hold out in turn; 0 if no class has two examples. */
const countFolds = (
  rows: HeadRows,
  features: number,
  classes: number,
): { dealt: number; heldOut: number } => {
  const largest = Math.max(...countLabels(rows.labels, classes));
  const dealt = Math.min(mostFolds, largest);
  if (dealt < 2) return { dealt: 0, heldOut: 0 };
  const work = 4 * rows.indices.length * features * classes * choiceFits(dealt) * typicalEvaluations;
  return { dealt, heldOut: work > workLimit ? 1 : dealt };
};

/**
 * Fits a linear softmax head to its optimum: cross-entropy plus L2 towards where it starts. For a new head that is
 * zero, so this is ridge-penalised logistic regression; for a head that is kept it is what the head has learned
 * (L2-SP, Li, Grandvalet and Davoine 2018). Features are standardised while fitting, and the result folded back to
 * raw ones. `auto` chooses the strength by stratified cross-validation, all folds and strengths at once, on 2,048
 * examples or so at most. The same input gives the same weights. Yields often.
 */
export async function* fitHead(
  data: HeadData,
  start: HeadWeights,
  { regularisation, labelSmoothing, seed, scores }: HeadFitOptions,
): AsyncGenerator<HeadProgress, HeadFit> {
  const { features, labels, classes } = data;
  const width = features.shape[0]!;
  const sample = stratifiedSample(labels, classes, Math.max(sampleSize, 4 * classes), seed);
  const sampled = selectRows(data, sample);
  const sampleLabels = sample.map((example) => labels[example]!);
  const folds = regularisation === 'auto' ? countFolds(sampled, width, classes) : { dealt: 0, heldOut: 0 };
  let done = scores;
  let choiceTotal = Math.max(choiceFits(folds.heldOut), scores.length);
  const progress = (): HeadProgress => ({ done: done.length, total: choiceTotal + 1, scores: done });

  const statistics = yield* mapYields(readStatistics(features), progress);
  const axes = await findAxes(data, sampled, statistics);
  const { toVector, toWeights } = headCoordinates(statistics, axes, classes);
  const variances = columnVariances(width, axes);
  const anchor = toVector(start);
  const openProblem = async (rows: HeadRows, rowFolds: Int32Array): Promise<HeadProblem> => ({
    matrix: await createFeatureMatrix(features, rows.indices, statistics, axes),
    classes,
    labels: rows.labels,
    weights: rows.weights,
    folds: rowFolds,
    labelSmoothing,
    anchor,
  });

  let strength = regularisation === 'auto' ? defaultRegularisation(width) : regularisation;
  let table: HeadSummary['crossValidation'] = [];
  if (folds.heldOut > 0) {
    const dealt = stratifiedFolds(sampleLabels, classes, folds.dealt, seed);
    const problem = await openProblem(
      sampled,
      sampled.labels.map((_, row) => dealt[row % sample.length]!),
    );
    const choosing = chooseRegularisation(
      problem,
      { features: width, folds: folds.heldOut, scores },
      { tolerance: choiceTolerance, variances },
    );
    try {
      const choice = yield* mapYields(choosing, (choice) => {
        done = choice.scores;
        choiceTotal = Math.max(choice.fits, choiceTotal);
        return progress();
      });
      ({ regularisation: strength, table } = choice);
    } finally {
      problem.matrix.dispose();
    }
  }

  const problem = await openProblem(selectRows(data, range(0, labels.length)), new Int32Array(features.size));
  const job = { fold: noFold, regularisation: strength };
  const fits = minimiseHeads(problem, [job], { tolerance: fitTolerance, variances });
  try {
    const [fit] = yield* mapYields(fits, progress);
    return {
      weights: toWeights(fit!.point),
      summary: { solver: 'exact', regularisation: strength, folds: folds.heldOut, crossValidation: table },
    };
  } finally {
    problem.matrix.dispose();
  }
}
