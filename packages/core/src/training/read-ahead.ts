/**
 * Gives each item with what `read` makes of it, in their order, and reads one item ahead: the next one's reading is
 * under way while the caller works on this one. Never more than one is read before its turn. Throws what `read` does,
 * when its turn comes; a caller that breaks off waits for the reading under way.
 *
 * @example for await (const [batch, values] of readAhead(batches, readValues)) await step(batch, values);
 */
export async function* readAhead<Item, Value>(
  items: readonly Item[],
  read: (item: Item) => Promise<Value>,
): AsyncGenerator<[Item, Value]> {
  const start = (index: number): Promise<Value> | undefined => {
    if (index >= items.length) return undefined;
    const reading = read(items[index]!);
    // A failure waits for its turn.
    reading.catch(() => undefined);
    return reading;
  };
  let next = start(0);
  try {
    for (const [index, item] of items.entries()) {
      const value = await next!;
      next = start(index + 1);
      yield [item, value];
    }
  } finally {
    await next?.catch(() => undefined);
  }
}
