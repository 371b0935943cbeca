/**
 * Runs `visit` over the items with at most `limit` in flight; `slot` (0 to limit - 1) names the lane a visit
 * runs in, so that lanes can own buffers. The first error stops the rest and is thrown.
 */
export const forEachConcurrently = async <Item>(
  items: readonly Item[],
  limit: number,
  visit: (item: Item, index: number, slot: number) => Promise<void>,
): Promise<void> => {
  let next = 0;
  let failed = false;
  const lane = async (slot: number): Promise<void> => {
    while (next < items.length && !failed) {
      const index = next++;
      try {
        await visit(items[index]!, index, slot);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(
    Array.from({ length: Math.min(limit, items.length) }, (_, slot) => lane(slot)),
  );
  const rejected = lanes.find((result) => result.status === 'rejected');
  if (rejected) throw rejected.reason;
};
