/**
 * Starts a set of names: each call gives the wanted name, or the first of `wanted_1`, `wanted_2`, … that isn't
 * taken, and takes it.
 */
export const uniqueNames = (): ((wanted: string) => string) => {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return (wanted) => {
    let name = wanted;
    let count = counts.get(wanted) ?? 0;
    while (taken.has(name)) name = `${wanted}_${++count}`;
    counts.set(wanted, count);
    taken.add(name);
    return name;
  };
};
