/**
 * Cuts an order of examples into batches as even as can be: their sizes differ by one at most and none is larger
 * than asked, so no batch is a lonely remainder (one example has no batch statistics).
 *
 * @example evenBatches([4, 2, 0, 1, 3], 4) // [[4, 2, 0], [1, 3]]
 */
export const evenBatches = (order: ArrayLike<number>, batchSize: number): number[][] => {
  const count = Math.ceil(order.length / batchSize);
  return Array.from({ length: count }, (_, batch) => {
    const start = Math.floor((batch * order.length) / count);
    const end = Math.floor(((batch + 1) * order.length) / count);
    return Array.from({ length: end - start }, (_, index) => order[start + index]!);
  });
};
