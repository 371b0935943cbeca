const smoothing = 0.9;

/** How much larger than its lowest a loss may be before a range test has seen enough. */
const enough = 4;

/** One mini-batch at one learning rate. */
export interface RangePoint {
  readonly learningRate: number;
  /** Of the mini-batch, before the step at this rate. */
  readonly loss: number;
  /** An exponential average of the losses so far, without its bias towards 0. */
  readonly smoothed: number;
}

/** Rates from `from` to `to`, each the same multiple of the one before. */
export interface RateRange {
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

/** The rate of a step, counted from 0. */
const rateAt = (step: number, { from, to, steps }: RateRange): number =>
  from * (to / from) ** (step / Math.max(1, steps - 1));

/**
 * The learning rate range test (Smith, "Cyclical learning rates for training neural networks", 2017): a step at each
 * of exponentially growing rates, until the smoothed loss is more than 4 times its lowest, or not a finite number.
 * `takeStep` takes a rate and gives the loss before its step. The result says whether the loss blew up.
 */
export async function* rangeTest(
  takeStep: (learningRate: number, step: number) => Promise<number>,
  range: RateRange,
): AsyncGenerator<RangePoint, { diverged: boolean }> {
  let average = 0;
  let lowest = Infinity;
  for (let step = 0; step < range.steps; step++) {
    const learningRate = rateAt(step, range);
    const loss = await takeStep(learningRate, step);
    if (!Number.isFinite(loss)) return { diverged: true };
    average = smoothing * average + (1 - smoothing) * loss;
    const smoothed = average / (1 - smoothing ** (step + 1));
    yield { learningRate, loss, smoothed };
    if (smoothed > enough * lowest) return { diverged: true };
    lowest = Math.min(lowest, smoothed);
  }
  return { diverged: false };
}
