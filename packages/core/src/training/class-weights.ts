/**
 * The weight of each class's examples in the loss. `balanced`: n / (classes * count), so that every class that has
 * examples counts alike and the mean weight of an example is 1 (as scikit-learn has it when none is empty).
 *
 * @example classWeights([0, 0, 0, 1], 2, 'balanced') // Float64Array [0.667, 2]
 */
export const classWeights = (
  labels: ArrayLike<number>,
  classes: number,
  kind: 'balanced' | 'none',
): Float64Array => {
  if (kind === 'none') return new Float64Array(classes).fill(1);
  const counts = countLabels(labels, classes);
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 0 : labels.length / (present * count)));
};

/** How many examples each class has. */
export const countLabels = (labels: ArrayLike<number>, classes: number): Float64Array => {
  const counts = new Float64Array(classes);
  for (let index = 0; index < labels.length; index++) counts[labels[index]!]!++;
  return counts;
};
