import { quantile } from '../statistics/quantile.js';
import { randomGenerator } from '../training/random-generator.js';
import { type Metrics, metricsOf } from './metrics.js';
import { addOutcome, clearTally, emptyTally, type Outcomes } from './tally.js';

/** The metrics of `resamples` samples drawn with replacement from the examples, each of their number. */
export const bootstrapMetrics = (
  outcomes: Outcomes,
  classes: number,
  { resamples, seed }: { resamples: number; seed: number },
): Metrics[] => {
  const generator = randomGenerator(seed, 'bootstrap');
  const size = outcomes.actual.length;
  const tally = emptyTally(classes);
  return Array.from({ length: resamples }, () => {
    clearTally(tally);
    for (let draw = 0; draw < size; draw++) addOutcome(tally, outcomes, generator.below(size));
    return metricsOf(tally);
  });
};

/** The 2.5 % and 97.5 % quantiles of the values that are defined. */
export const percentileBounds = (values: readonly number[]): { low: number; high: number } => {
  const sorted = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
  return { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
};
