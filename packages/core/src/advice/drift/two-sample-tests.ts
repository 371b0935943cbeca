import { createBreather, throwIfCancelled } from '../../training/breathe.js';
import { type ClassifierTest, classifierTest } from './classifier-test.js';
import { type FeatureRows, poolRows, rowCount } from './feature-rows.js';
import { type FeatureTest, featureTests } from './feature-tests.js';
import { type KernelMatrix, kernelMatrix } from './kernel-matrix.js';
import { type MmdTest, mmdTest } from './mmd-test.js';
import { type PrincipalSpace, principalSpace, projectRows } from './principal-coordinates.js';

const mostDimensions = 32;

/** What three tests say of two sets of rows, and what they were made on. */
export interface TwoSampleTests {
  readonly discrepancy: MmdTest;
  readonly classifier: ClassifierTest;
  /** The most different feature first. */
  readonly features: FeatureTest[];
  readonly space: PrincipalSpace;
  /** Of the reference's rows, then the sample's. */
  readonly coordinates: FeatureRows;
  readonly kernel: KernelMatrix;
}

/**
 * Tests two sets of rows for one population: maximum mean discrepancy and a classifier on the leading principal
 * coordinates of the standardised, pooled rows, and single features as they are. To reduce the dimension first follows
 * Rabanser, Günnemann and Lipton ("Failing loudly", 2019); the coordinates are fitted on both sets alike, so that the
 * p-values stay exact. What changes outside of them only the tests of single features can see. Time grows with the
 * square of the rows.
 */
export const twoSampleTests = async (
  reference: FeatureRows,
  sample: FeatureRows,
  options: { permutations: number; alpha: number; seed: number; signal?: AbortSignal | undefined },
): Promise<TwoSampleTests> => {
  const breathe = createBreather();
  const step = async <Result>(run: () => Result): Promise<Result> => {
    await breathe();
    throwIfCancelled(options.signal);
    return run();
  };
  const referenceRows = rowCount(reference);
  const pooled = poolRows(reference, sample);
  const space = await step(() => principalSpace(pooled, mostDimensions));
  const coordinates = projectRows(pooled, space);
  const kernel = await step(() => kernelMatrix(coordinates));
  return {
    discrepancy: await mmdTest(kernel, referenceRows, options),
    classifier: await step(() => classifierTest(coordinates, referenceRows, options)),
    features: await step(() => featureTests(reference, sample)),
    space,
    coordinates,
    kernel,
  };
};
