import { examplesFromArray, fitOutlierDetector, outlierScores, setFalseAlarms } from '@regraft/core';
import type { InspectedData } from './inspected-data.js';
import type { InspectionReport } from './inspection-report.js';
import { describeImage, rowsOf, selectRows } from './select-rows.js';

/** Bounds the time, which grows with references times images. */
const references = 1000;

/** The share of held-out images that lie beyond the limit. */
const beyondLimit = 0.02;

/**
 * The images least like the training images. A training image is its own nearest neighbour, so its distance is that
 * to the neighbour one place further.
 */
export const findOutliers = async (
  data: InspectedData,
  top: number,
): Promise<InspectionReport['outliers']> => {
  const { images, features, columns, labels } = data;
  const training = rowsOf(data, 'train');
  const heldOut = rowsOf(data, 'validation', 'test');
  if (training.length < 2) return null;
  const fitted = await fitOutlierDetector(
    {
      examples: examplesFromArray(selectRows(features, columns, training), [columns]),
      labels: training.map((row) => images[row]!.label),
    },
    labels.length,
    { references },
  );
  const heldOutFeatures = selectRows(features, columns, heldOut);
  const { threshold } = setFalseAlarms(fitted, heldOutFeatures, beyondLimit);
  const count = fitted.references.length / columns;
  const pastItself = { ...fitted, neighbours: Math.min(count, fitted.neighbours + 1) };
  const distances = [
    ...outlierScores(pastItself, selectRows(features, columns, training)),
    ...outlierScores(fitted, heldOutFeatures),
  ];
  const ranked = [...training, ...heldOut]
    .map((row, place) => ({ row, distance: distances[place]! }))
    .sort((a, b) => b.distance - a.distance)
    .map(({ row, distance }) => ({
      ...describeImage(data, row),
      distance,
      isUnusual: threshold !== null && distance > threshold,
    }));
  return {
    n: ranked.length,
    typicalLimit: threshold,
    unusual: ranked.filter(({ isUnusual }) => isUnusual).length,
    images: ranked.slice(0, top),
  };
};
