import { type FeatureRows, rowCount } from './feature-rows.js';
import { stepDistance, stepDistancePValue } from './kolmogorov-smirnov.js';

/** How differently one feature is distributed. */
export interface FeatureTest {
  readonly feature: number;
  /** Largest distance between the two empirical distributions, 0 to 1. */
  readonly distance: number;
  /** Times the number of features, at most 1 (Bonferroni). */
  readonly adjustedPValue: number;
}

const sortedColumn = ({ values, columns }: FeatureRows, column: number): Float32Array =>
  Float32Array.from({ length: values.length / columns }, (_, row) => values[row * columns + column]!).sort();

/**
 * The two-sample Kolmogorov-Smirnov test of every feature, the most different one first, held to alpha together by
 * Bonferroni's correction (as in Rabanser, Günnemann and Lipton, "Failing loudly", 2019).
 */
export const featureTests = (reference: FeatureRows, sample: FeatureRows): FeatureTest[] => {
  const { columns } = reference;
  const [m, n] = [rowCount(reference), rowCount(sample)];
  // Distances fall from here on, so once one is as good as certain the others are too.
  let last = { steps: Infinity, adjustedPValue: 0 };
  const adjust = (steps: number): number => {
    if (steps !== last.steps && last.adjustedPValue < 1) {
      last = { steps, adjustedPValue: Math.min(1, columns * stepDistancePValue(steps, m, n)) };
    }
    return last.adjustedPValue;
  };
  return Array.from({ length: columns }, (_, feature) => ({
    feature,
    steps: stepDistance(sortedColumn(reference, feature), sortedColumn(sample, feature)),
  }))
    .sort((a, b) => b.steps - a.steps || a.feature - b.feature)
    .map(({ feature, steps }) => ({
      feature,
      distance: steps / (m * n),
      adjustedPValue: adjust(steps),
    }));
};
