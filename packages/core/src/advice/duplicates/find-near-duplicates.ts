import { RegraftError } from '@regraft/errors';
import { z } from 'zod';
import { hashWords, wordDistance } from './hamming-distance.js';
import type { PerceptualHash } from './perceptual-hash.js';

const hashBits = 64;

/** Beyond this, images that have nothing in common are found among some thousands. */
const largestDistance = 16;

/** Two images that look the same. */
export const nearDuplicateSchema = z.object({
  /** Place in the first list. */
  index: z.int().nonnegative(),
  /** Place in the second list. */
  other: z.int().nonnegative(),
  /** Bits in which their hashes differ. */
  distance: z.int().nonnegative(),
});

export type NearDuplicate = z.infer<typeof nearDuplicateSchema>;

/** The value of each of `bands` runs of bits of every hash, `[hashes, bands]`. */
const bandValues = (words: Uint32Array, bands: number): Uint32Array => {
  const count = words.length / 2;
  const values = new Uint32Array(count * bands);
  for (let bit = 0; bit < hashBits; bit++) {
    const band = Math.floor((bit * bands) / hashBits);
    for (let index = 0; index < count; index++) {
      const place = index * bands + band;
      values[place] = (values[place]! << 1) | ((words[2 * index + (bit >> 5)]! >>> (31 - (bit & 31))) & 1);
    }
  }
  return values;
};

/** The informative hashes by their value in a band. */
const groupByBand = (
  hashes: readonly PerceptualHash[],
  values: Uint32Array,
  bands: number,
  band: number,
): Map<number, number[]> => {
  const groups = new Map<number, number[]>();
  for (const [index, { informative }] of hashes.entries()) {
    if (!informative) continue;
    const value = values[index * bands + band]!;
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [index]);
    else group.push(index);
  }
  return groups;
};

/**
 * All pairs of a hash of one list and one of another that differ in at most `maximumDistance` bits (0 to 16), by
 * distance; the same list twice gives each pair once, `index` below `other`. In this package's tests copies that were
 * scaled, made brighter or given some noise differ in 6 bits or fewer, other pictures in more than 16. Hashes that
 * aren't informative have no duplicates. Not every pair is compared: cut into one run of bits more than may differ,
 * two hashes have a run in common (Norouzi, Punjani and Fleet, "Fast search in Hamming space with multi-index
 * hashing", 2012). Throws `usage-invalid` for another distance.
 *
 * @example findNearDuplicates(trainingHashes, testHashes, 6) // [{ index: 12, other: 3, distance: 0 }]
 */
export const findNearDuplicates = (
  hashes: readonly PerceptualHash[],
  others: readonly PerceptualHash[],
  maximumDistance: number,
): NearDuplicate[] => {
  if (!Number.isInteger(maximumDistance) || maximumDistance < 0 || maximumDistance > largestDistance) {
    throw new RegraftError({
      code: 'usage-invalid',
      message: `Near duplicates differ in 0 to ${largestDistance} of ${hashBits} bits. Received: ${maximumDistance}.`,
      hint: 'Start with 6 and look at the pairs that it finds.',
    });
  }
  const bands = Math.max(2, maximumDistance + 1);
  const words = hashWords(hashes.map(({ bits }) => bits));
  const otherWords = hashWords(others.map(({ bits }) => bits));
  const values = bandValues(words, bands);
  const otherValues = bandValues(otherWords, bands);
  const sharesEarlier = (index: number, other: number, band: number): boolean => {
    for (let earlier = 0; earlier < band; earlier++) {
      if (values[index * bands + earlier] === otherValues[other * bands + earlier]) return true;
    }
    return false;
  };
  const found: NearDuplicate[] = [];
  for (let band = 0; band < bands; band++) {
    const groups = groupByBand(others, otherValues, bands, band);
    for (const [index, { informative }] of hashes.entries()) {
      if (!informative) continue;
      for (const other of groups.get(values[index * bands + band]!) ?? []) {
        if (hashes === others && other <= index) continue;
        const distance = wordDistance(words, index, otherWords, other);
        if (distance <= maximumDistance && !sharesEarlier(index, other, band))
          found.push({ index, other, distance });
      }
    }
  }
  return found.sort((a, b) => a.distance - b.distance || a.index - b.index || a.other - b.other);
};
