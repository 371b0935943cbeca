import type { Manifest } from './manifest.js';

/** How many files were left out of a data set, by the kind of their problem. */
export const countProblems = ({ problems }: Pick<Manifest, 'problems'>): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { kind } of problems) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};
