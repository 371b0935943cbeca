import { examplesFromArray, fitOutlierDetector, type OutlierDetector } from '@regraft/core';
import type { KeptFeatures } from '../versions/version-features.js';

/** The detector of images unlike those that a version was trained on, from its kept features; without a threshold. */
export const outlierDetector = (
  { width, training }: KeptFeatures,
  classes: number,
): Promise<OutlierDetector> =>
  fitOutlierDetector(
    { examples: examplesFromArray(training.values, [width]), labels: training.labels },
    classes,
    { references: training.labels.length },
  );
