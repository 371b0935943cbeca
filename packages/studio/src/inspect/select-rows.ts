import type { Split } from '../data/manifest.js';
import type { InspectedData } from './inspected-data.js';
import type { InspectedImage, InspectedPrediction, PredictedImage } from './inspection-report.js';

const labelsShown = 5;

/** Places of the images of some splits. */
export const rowsOf = ({ images }: InspectedData, ...splits: readonly Split[]): number[] =>
  [...images.keys()].filter((row) => splits.includes(images[row]!.split));

/** Probabilities as a report tells them. */
export const describePrediction = (
  labels: readonly string[],
  probabilities: Float32Array,
): InspectedPrediction => {
  const ranked = labels
    .map((label, index) => ({ label, probability: probabilities[index]! }))
    .sort((a, b) => b.probability - a.probability);
  return { predicted: ranked[0]!.label, probabilities: ranked.slice(0, labelsShown) };
};

/** An image as a report tells it. */
export const describeImage = ({ images, labels }: InspectedData, row: number): InspectedImage => {
  const { file, split, label } = images[row]!;
  return { file, split, label: labels[label]! };
};

/** The least probability that a loss is taken of: float32's smallest normal number. */
const leastProbability = 2 ** -126;

/** -log of the probability of the given label. */
export const lossOf = ({ images, labels, probabilities }: InspectedData, row: number): number =>
  -Math.log(Math.max(leastProbability, probabilities[row * labels.length + images[row]!.label]!));

/** An image with what the version makes of it. */
export const describePredicted = (data: InspectedData, row: number): PredictedImage => {
  const { labels, probabilities } = data;
  const own = probabilities.subarray(row * labels.length, (row + 1) * labels.length);
  return { ...describeImage(data, row), ...describePrediction(labels, own), loss: lossOf(data, row) };
};
