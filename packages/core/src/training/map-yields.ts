/** The same work with everything it yields mapped; its result stays. */
export async function* mapYields<From, To, Result>(
  work: AsyncGenerator<From, Result>,
  map: (yielded: From) => To,
): AsyncGenerator<To, Result> {
  let next = await work.next();
  for (; next.done !== true; next = await work.next()) yield map(next.value);
  return next.value;
}

/** The same work with what `between` yields in place of each thing it yields; its result stays. */
export async function* interleave<From, To, Result>(
  work: AsyncGenerator<From, Result>,
  between: (yielded: From) => AsyncGenerator<To, void>,
): AsyncGenerator<To, Result> {
  let next = await work.next();
  for (; next.done !== true; next = await work.next()) yield* between(next.value);
  return next.value;
}
