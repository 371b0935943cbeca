import {
  examplesFromArray,
  fitOutlierDetector,
  leaveOneOutScores,
  type OutlierDetector,
  outlierScores,
  setFalseAlarms,
  stratifiedSample,
} from '@regraft/core';
import { selectRows } from '../features/select-rows.js';
import type { InspectedData } from './inspected-data.js';
import type { InspectionReport } from './inspection-report.js';
import { describeImage, rowsOf } from './select-rows.js';

/** Bounds the time, which grows with references times images. */
const references = 1000;

/** The share of held-out images that lie beyond the limit. */
const beyondLimit = 0.02;

/** Distances of the training images to the others, each as if it were not among those it is compared with. */
const trainingDistances = (detector: OutlierDetector, values: Float32Array, sample: readonly number[]) => {
  const scores = outlierScores(detector, values);
  const apart = leaveOneOutScores(
    detector,
    Float32Array.from(sample, (place) => scores[place]!),
  );
  for (const [index, place] of sample.entries()) scores[place] = apart[index]!;
  return scores;
};

/** The images least like the training images. */
export const findOutliers = async (
  data: InspectedData,
  top: number,
): Promise<InspectionReport['outliers']> => {
  const { images, features, columns, labels } = data;
  const training = rowsOf(data, 'train');
  const heldOut = rowsOf(data, 'validation', 'test');
  if (training.length < 2) return null;
  const given = training.map((row) => images[row]!.label);
  const sample = stratifiedSample(given, labels.length, references, 0);
  const chosen = sample.map((place) => training[place]!);
  const fitted = await fitOutlierDetector(
    {
      examples: examplesFromArray(selectRows(features, columns, chosen), [columns]),
      labels: sample.map((place) => given[place]!),
    },
    labels.length,
    { references: sample.length },
  );
  const heldOutFeatures = selectRows(features, columns, heldOut);
  const { threshold } = setFalseAlarms(fitted, heldOutFeatures, beyondLimit);
  const distances = [
    ...trainingDistances(fitted, selectRows(features, columns, training), sample),
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
