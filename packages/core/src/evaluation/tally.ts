/** Guo et al., "On calibration of modern neural networks" (2017), use 15 bins of equal width. */
const calibrationBins = 15;

/** What every metric needs to know of one example. */
export interface Outcomes {
  readonly actual: Int32Array;
  readonly predicted: Int32Array;
  /** Probability of the predicted class. */
  readonly confidence: Float64Array;
  /** -log of the probability of the actual class. */
  readonly loss: Float64Array;
}

/** Whether each answer is right (1) or wrong (0). */
export const rightAnswers = ({ actual, predicted }: Outcomes): Int32Array =>
  actual.map((label, index) => (label === predicted[index] ? 1 : 0));

/** Sums over a sample of examples; every metric is a function of them. */
export interface Tally {
  size: number;
  readonly hits: Float64Array;
  readonly actual: Float64Array;
  readonly predicted: Float64Array;
  readonly binSize: Float64Array;
  readonly binHits: Float64Array;
  readonly binConfidence: Float64Array;
  loss: number;
}

/** A tally of nothing. */
export const emptyTally = (classes: number): Tally => ({
  size: 0,
  hits: new Float64Array(classes),
  actual: new Float64Array(classes),
  predicted: new Float64Array(classes),
  binSize: new Float64Array(calibrationBins),
  binHits: new Float64Array(calibrationBins),
  binConfidence: new Float64Array(calibrationBins),
  loss: 0,
});

/** Sets a tally back to nothing. */
export const clearTally = (tally: Tally): void => {
  tally.size = 0;
  tally.loss = 0;
  for (const sums of [
    tally.hits,
    tally.actual,
    tally.predicted,
    tally.binSize,
    tally.binHits,
    tally.binConfidence,
  ]) {
    sums.fill(0);
  }
};

/** Bins are open below and closed above, as in Guo et al.; a confidence of 0 falls in the first. */
const binOf = (confidence: number): number =>
  Math.min(Math.max(Math.ceil(confidence * calibrationBins) - 1, 0), calibrationBins - 1);

/** Adds one example to a tally. */
export const addOutcome = (tally: Tally, outcomes: Outcomes, index: number): void => {
  const actual = outcomes.actual[index]!;
  const predicted = outcomes.predicted[index]!;
  const confidence = outcomes.confidence[index]!;
  const bin = binOf(confidence);
  tally.size++;
  tally.actual[actual]!++;
  tally.predicted[predicted]!++;
  tally.binSize[bin]!++;
  tally.binConfidence[bin]! += confidence;
  tally.loss += outcomes.loss[index]!;
  if (actual === predicted) {
    tally.hits[actual]!++;
    tally.binHits[bin]!++;
  }
};
