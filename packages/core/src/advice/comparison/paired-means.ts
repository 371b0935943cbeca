import { RegraftError } from '@regraft/errors';

/** Numbers of one model for the examples of a comparison: one list a seed, all over the same examples. */
export type SeedValues = readonly ArrayLike<number>[];

/** Throws `data-invalid` unless two models have numbers for the same examples and as many seeds; gives both counts. */
const requirePaired = (first: SeedValues, second: SeedValues): { n: number; seeds: number } => {
  const sizes = [...first, ...second].map(({ length }) => length);
  const n = sizes[0] ?? 0;
  if (n > 0 && first.length === second.length && sizes.every((size) => size === n)) {
    return { n, seeds: first.length };
  }
  const received = [first, second].map((list) => `[${list.map(({ length }) => length).join(', ')}]`);
  throw new RegraftError({
    code: 'data-invalid',
    message: `Models are compared on the same examples, with as many seeds each. Received: ${received.join(' and ')} examples.`,
    hint: 'Score every model and every seed on one set of examples.',
  });
};

/** Second minus first: of each example the mean over seeds, and of each seed the mean over examples. */
export const pairedMeans = (first: SeedValues, second: SeedValues) => {
  const { n, seeds } = requirePaired(first, second);
  const byExample = new Float64Array(n);
  const bySeed = new Float64Array(seeds);
  for (let seed = 0; seed < seeds; seed++) {
    for (let example = 0; example < n; example++) {
      const difference = second[seed]![example]! - first[seed]![example]!;
      byExample[example]! += difference / seeds;
      bySeed[seed]! += difference / n;
    }
  }
  return { n, seeds, byExample, bySeed };
};
