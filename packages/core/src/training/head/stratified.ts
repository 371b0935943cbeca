import { randomGenerator } from '../random-generator.js';

/** The examples of each class, in a seeded order. */
const shuffledByClass = (
  labels: ArrayLike<number>,
  classes: number,
  generator: ReturnType<typeof randomGenerator>,
): number[][] => {
  const members = Array.from({ length: classes }, (): number[] => []);
  for (let index = 0; index < labels.length; index++) members[labels[index]!]!.push(index);
  return members.map((list) => generator.shuffle(list));
};

/**
 * Deals the examples of every class out over folds in turn, so that folds are alike in size and classes. The only
 * example of a class is in fold -1: held out, nothing would be left to learn the class from.
 *
 * @example stratifiedFolds([0, 0, 1, 1], 2, 2, 7) // Int32Array [0, 1, 0, 1], or so
 */
export const stratifiedFolds = (
  labels: ArrayLike<number>,
  classes: number,
  folds: number,
  seed: number,
): Int32Array => {
  const assigned = new Int32Array(labels.length);
  let next = 0;
  for (const members of shuffledByClass(labels, classes, randomGenerator(seed, 'folds'))) {
    for (const index of members) assigned[index] = members.length === 1 ? -1 : next++ % folds;
  }
  return assigned;
};

/**
 * About `size` examples with classes in the proportion they have, at least two of each class that has two, in
 * ascending order.
 */
export const stratifiedSample = (
  labels: ArrayLike<number>,
  classes: number,
  size: number,
  seed: number,
): number[] => {
  const share = Math.min(1, size / labels.length);
  return shuffledByClass(labels, classes, randomGenerator(seed, 'sample'))
    .flatMap((members) => members.slice(0, Math.max(2, Math.round(share * members.length))))
    .sort((a, b) => a - b);
};
