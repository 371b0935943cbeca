const editDistance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(previous[column]! + 1, current[column - 1]! + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length]!;
};

/**
 * The known names closest to a mistyped one, best first.
 *
 * @example nearestNames('mobilnet', ['mobilenet-v2', 'resnet-18']) // ['mobilenet-v2']
 */
export const nearestNames = (wanted: string, known: Iterable<string>, limit = 3): string[] => {
  const lower = wanted.toLowerCase();
  return [...known]
    .map((name) => {
      const candidate = name.toLowerCase();
      const contains = candidate.includes(lower) || lower.includes(candidate);
      return {
        name,
        distance: contains ? 0 : editDistance(lower, candidate) / Math.max(lower.length, candidate.length),
      };
    })
    .filter(({ distance }) => distance <= 0.6)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ name }) => name);
};
