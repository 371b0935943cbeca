/**
 * Runs work to its end with what `between` yields in place of each thing it yields; its result stays. If `between`
 * throws, or nobody asks for more, the work is closed and frees what it holds.
 */
export async function* interleave<From, To, Result>(
  work: AsyncGenerator<From, Result>,
  between: (yielded: From) => AsyncGenerator<To, void>,
): AsyncGenerator<To, Result> {
  let next = await work.next();
  try {
    for (; next.done !== true; next = await work.next()) yield* between(next.value);
    return next.value;
  } finally {
    if (next.done !== true) await work.return(undefined as never);
  }
}

/** Runs work to its end with everything it yields mapped; its result stays. */
export const mapYields = <From, To, Result>(
  work: AsyncGenerator<From, Result>,
  map: (yielded: From) => To,
): AsyncGenerator<To, Result> =>
  interleave(work, async function* (yielded) {
    yield map(yielded);
  });

/** Runs work to its end, handing over everything it yields, and gives its result. */
export const drain = async <From, Result>(
  work: AsyncGenerator<From, Result>,
  take: (yielded: From) => void,
): Promise<Result> => {
  const rest = mapYields(work, take);
  let next = await rest.next();
  for (; next.done !== true; next = await rest.next());
  return next.value;
};
