import { drawNormal } from '../../statistics/draw-normal.js';
import { createBreather, throwIfCancelled } from '../../training/breathe.js';
import { type RandomGenerator, randomGenerator } from '../../training/random-generator.js';
import type { FeatureRows } from './feature-rows.js';
import type { KernelMatrix } from './kernel-matrix.js';
import { kernelSums, mmdOfSums, splitSums } from './mmd-test.js';

const repeats = 25;
/** Of the repeats, in which the shift is seen. */
export const detectionPower = 0.8;
/** In standard deviations. */
const smallestShift = 0.125;
const largestShift = 16;
/** To within a sixteenth of the shift. */
const halvings = 4;

const columnDeviations = ({ values, columns }: FeatureRows): Float64Array => {
  const rows = values.length / columns;
  return Float64Array.from({ length: columns }, (_, column) => {
    let [sum, squares] = [0, 0];
    for (let row = 0; row < rows; row++) {
      const value = values[row * columns + column]!;
      sum += value;
      squares += value * value;
    }
    return Math.sqrt(Math.max(0, squares / rows - (sum / rows) ** 2));
  });
};

/** The coordinate of each row along a random direction in which the spread is 1, and the direction's squared length. */
const drawDirection = (
  { values, columns }: FeatureRows,
  deviations: Float64Array,
  generator: RandomGenerator,
): { along: Float64Array; squaredLength: number } => {
  const drawn = deviations.map(() => drawNormal(generator));
  const length = Math.hypot(...drawn);
  const direction = deviations.map((deviation, column) => (deviation * drawn[column]!) / length);
  const along = Float64Array.from({ length: values.length / columns }, (_, row) => {
    let total = 0;
    for (let column = 0; column < columns; column++)
      total += direction[column]! * values[row * columns + column]!;
    return total;
  });
  return { along, squaredLength: direction.reduce((total, value) => total + value * value, 0) };
};

/** The smallest shift that is seen, as larger ones are taken to be; infinite where the largest isn't. */
const smallestSeen = (seen: (shift: number) => boolean): number => {
  let high = smallestShift;
  while (!seen(high)) {
    if (high >= largestShift) return Infinity;
    high *= 2;
  }
  let low = high === smallestShift ? 0 : high / 2;
  for (let halving = 0; halving < halvings; halving++) {
    const middle = (low + high) / 2;
    if (seen(middle)) high = middle;
    else low = middle;
  }
  return high;
};

/**
 * The smallest shift of the mean that a test would see four times out of five, given the `critical` value of its
 * statistic: found by splitting the pooled rows at random, again and again, and moving the new part in a random
 * direction until the statistic exceeds it. In standard deviations along the direction (Mahalanobis' distance between
 * the means). `rows` are principal coordinates: uncorrelated. Null where not even 16 deviations would be seen. Where
 * there is a difference, it inflates both the spread and the result.
 */
export const detectableShift = async (
  rows: FeatureRows,
  kernel: KernelMatrix,
  {
    referenceRows,
    critical,
    seed,
    signal,
  }: { referenceRows: number; critical: number; seed: number; signal?: AbortSignal | undefined },
): Promise<number | null> => {
  const { size, squaredDistances, bandwidth } = kernel;
  const generator = randomGenerator(seed, 'detectable-shift');
  const breathe = createBreather();
  const sums = kernelSums(kernel);
  const deviations = columnDeviations(rows);
  const order = Int32Array.from({ length: size }, (_, index) => index);
  const smallest = new Float64Array(repeats);
  for (let repeat = 0; repeat < repeats; repeat++) {
    await breathe();
    throwIfCancelled(signal);
    const { along, squaredLength } = drawDirection(rows, deviations, generator);
    generator.shuffle(order);
    const [reference, moved] = [order.subarray(0, referenceRows), order.subarray(referenceRows)];
    const split = splitSums(kernel, sums, moved);
    smallest[repeat] = smallestSeen((shift) => {
      let across = 0;
      for (const a of moved) {
        for (const b of reference) {
          const change = 2 * shift * (along[a]! - along[b]!) + shift ** 2 * squaredLength;
          across += Math.exp(-(squaredDistances[a * size + b]! + change) / (2 * bandwidth ** 2));
        }
      }
      return mmdOfSums({ ...split, across }, moved.length, reference.length) > critical;
    });
  }
  const found = smallest.sort()[Math.ceil(detectionPower * repeats) - 1]!;
  return Number.isFinite(found) ? found : null;
};
