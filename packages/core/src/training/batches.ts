/** How many batches `evenBatches` makes of `size` examples. */
export const batchCount = (size: number, batchSize: number, smallest = 1): number =>
  Math.max(1, Math.min(Math.ceil(size / batchSize), Math.floor(size / smallest)));

/**
 * Cuts an order of examples into batches as even as can be: their sizes differ by one at most and none is larger
 * than asked. With `smallest` no batch has fewer examples (unless all together have), even if one must be larger than
 * asked for it: one example has no batch statistics.
 *
 * @example evenBatches([4, 2, 0, 1, 3], 4) // [[4, 2], [0, 1, 3]]
 */
export const evenBatches = (order: ArrayLike<number>, batchSize: number, smallest = 1): number[][] => {
  const count = batchCount(order.length, batchSize, smallest);
  return Array.from({ length: count }, (_, batch) => {
    const start = Math.floor((batch * order.length) / count);
    const end = Math.floor(((batch + 1) * order.length) / count);
    return Array.from({ length: end - start }, (_, index) => order[start + index]!);
  });
};
