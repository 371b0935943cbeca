import type { ActivationSpace } from '@regraft/store';

/** The rows that an image lacks, and where their computation can begin. */
export interface PlannedRows {
  readonly sha256: string;
  /** The segment to start with: 0 takes the image itself, another one the row that is kept below it. */
  readonly from: number;
  /** The segments whose results are missing, in ascending order. */
  readonly keep: readonly number[];
}

/**
 * Looks up which images lack a wanted row, each once, and for those the nearest row below it that is there.
 *
 * @param spaces one for the end of each segment of a chain
 * @param wanted places among them, in ascending order
 */
export const planRows = async (
  spaces: readonly Pick<ActivationSpace, 'missing'>[],
  wanted: readonly number[],
  keys: readonly string[],
): Promise<PlannedRows[]> => {
  const missing = new Map<number, ReadonlySet<string>>();
  const lookUp = async (place: number, among: readonly string[]): Promise<void> => {
    missing.set(place, new Set(await spaces[place]!.missing(among)));
  };
  for (const place of wanted) await lookUp(place, keys);
  const lacking = [...new Set(keys)].filter((key) => wanted.some((place) => missing.get(place)!.has(key)));
  if (lacking.length === 0) return [];
  for (const place of spaces.keys()) if (!missing.has(place)) await lookUp(place, lacking);
  return lacking.map((sha256) => {
    const lacks = (place: number): boolean => missing.get(place)!.has(sha256);
    const keep = wanted.filter(lacks);
    const below = [...spaces.keys()].slice(0, keep[0]);
    return { sha256, from: below.findLastIndex((place) => !lacks(place)) + 1, keep };
  });
};
