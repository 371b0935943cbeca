/** Which part of a list is shown: it moves as little as it must for the chosen entry to be seen. */
export const visibleWindow = (
  { first, chosen }: { readonly first: number; readonly chosen: number },
  { count, rows }: { readonly count: number; readonly rows: number },
): number => {
  const lowest = Math.max(0, count - rows);
  if (chosen < first) return Math.min(lowest, chosen);
  return Math.min(lowest, Math.max(first, chosen - rows + 1));
};
