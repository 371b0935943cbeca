import { RegraftError } from '@regraft/errors';
import { randomGenerator } from '../../training/random-generator.js';
import { detectableShift, detectionPower } from './detectable-shift.js';
import type { DriftReport } from './drift-report.js';
import {
  drawRows,
  type FeatureRows,
  requireFeatureRows,
  requireSameColumns,
  rowCount,
} from './feature-rows.js';
import { rowDistances } from './row-distances.js';
import { twoSampleTests } from './two-sample-tests.js';

const fewestRows = 5;
const listedFeatures = 10;

export interface DriftOptions {
  readonly seed?: number;
  /** How often a difference may be seen where there is none; 0.05 unless given. */
  readonly alpha?: number;
  /** Of each p-value; 999 unless given. */
  readonly permutations?: number;
  /** Rows drawn from either set where it has more; 500 unless given. Time grows with its square. */
  readonly maximumRows?: number;
  /** How many of the farthest rows are listed; 20 unless given. */
  readonly listedRows?: number;
  readonly signal?: AbortSignal | undefined;
}

const requireEnough = (rows: FeatureRows, name: string): void => {
  const count = rowCount(rows);
  if (count >= fewestRows) return;
  throw new RegraftError({
    code: 'data-too-small',
    message: `Drift is measured between two sets of at least ${fewestRows} images. Received: ${count} in the ${name}.`,
    hint: 'Add images: with twenty only a large shift can be seen, with a few hundred a moderate one.',
  });
};

const invalid = (rule: string, received: number): RegraftError =>
  new RegraftError({
    code: 'usage-invalid',
    message: `${rule} Received: ${received}.`,
    hint: 'Leave it out for the value it has otherwise.',
  });

const requireOptions = (alpha: number, permutations: number, maximumRows: number): void => {
  if (!(alpha > 0 && alpha < 1)) throw invalid('Alpha is a probability between 0 and 1.', alpha);
  if (!(permutations >= 1 / alpha - 1)) {
    throw invalid(
      `At alpha ${alpha} a test takes ${Math.ceil(1 / alpha - 1)} permutations or more.`,
      permutations,
    );
  }
  if (!(maximumRows >= fewestRows)) throw invalid(`At least ${fewestRows} rows are drawn.`, maximumRows);
};

const detectionNote = (shift: number | null, sample: number, reference: number): string => {
  const sets = `With ${sample} new images against ${reference}`;
  return shift === null
    ? `${sets} no shift of the mean can be seen reliably.`
    : `${sets} a shift of the mean below ${shift.toFixed(1)} standard deviations would more often than one time in five go unseen.`;
};

/**
 * Whether a sample's features are drawn from another population than the reference's; both are raw features of one
 * backbone, `[rows, columns]`. Of three tests the maximum mean discrepancy alone decides, at `alpha`: the best of
 * three would raise more false alarms. A classifier and single features are reported beside it. At most `maximumRows`
 * of either set are tested, drawn by the seed; the distances are of every row of the sample. The reference's rows
 * should be new to the backbone as the sample's are: those of validation, not of training. Throws `data-too-small` for
 * fewer than five rows of either, `data-invalid` for features that aren't finite or don't go together, `usage-invalid`
 * for options that no test can be made with and `cancelled`.
 *
 * @example (await measureDrift(validationFeatures, newFeatures, { seed: 7 })).decision // 'no-evidence'
 */
export const measureDrift = async (
  reference: FeatureRows,
  sample: FeatureRows,
  {
    seed = 0,
    alpha = 0.05,
    permutations = 999,
    maximumRows = 500,
    listedRows = 20,
    signal,
  }: DriftOptions = {},
): Promise<DriftReport> => {
  requireOptions(alpha, permutations, maximumRows);
  requireFeatureRows(reference);
  requireFeatureRows(sample);
  requireSameColumns(reference, sample);
  requireEnough(reference, 'reference');
  requireEnough(sample, 'sample');
  const draw = (rows: FeatureRows, side: string): FeatureRows =>
    drawRows(rows, maximumRows, randomGenerator(seed, 'drift-rows', side));
  const [drawnReference, drawnSample] = [draw(reference, 'reference'), draw(sample, 'sample')];
  const referenceRows = rowCount(drawnReference);
  const tests = await twoSampleTests(drawnReference, drawnSample, { permutations, alpha, seed, signal });
  const { discrepancy, classifier, features, space, coordinates, kernel } = tests;
  const { critical } = discrepancy;
  const shift = await detectableShift(coordinates, kernel, { referenceRows, critical, seed, signal });
  const distances = await rowDistances(drawnReference, sample, space, signal);
  return {
    decision: discrepancy.pValue <= alpha ? 'drift' : 'no-evidence',
    alpha,
    seed,
    reference: { rows: rowCount(reference), used: referenceRows },
    sample: { rows: rowCount(sample), used: rowCount(drawnSample) },
    discrepancy: {
      ...discrepancy,
      critical: Number.isFinite(critical) ? critical : null,
      permutations,
      dimensions: space.dimensions,
      bandwidth: kernel.bandwidth,
    },
    classifier,
    features: {
      tested: features.length,
      different: features.filter(({ adjustedPValue }) => adjustedPValue <= alpha).length,
      pValue: features[0]!.adjustedPValue,
      most: features.slice(0, listedFeatures),
    },
    detectable: {
      shift,
      power: detectionPower,
      note: detectionNote(shift, rowCount(drawnSample), referenceRows),
    },
    farthest: distances.slice(0, listedRows),
  };
};
