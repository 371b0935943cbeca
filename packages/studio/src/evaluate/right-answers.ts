/**
 * For each example 1 where the most probable label is its own and 0 where it is another.
 *
 * @param probabilities `[examples, width]`, row-major
 * @param width labels in a row
 * @param answers only the first so many labels count as answers: all unless told
 */
export const rightAnswers = (
  probabilities: Float32Array,
  labels: ArrayLike<number>,
  { width, answers = width }: { readonly width: number; readonly answers?: number },
): number[] =>
  Array.from(labels, (label, index) => {
    const row = probabilities.subarray(index * width, index * width + answers);
    return row.indexOf(Math.max(...row)) === label ? 1 : 0;
  });
