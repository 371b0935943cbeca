/** The number of bits that are 1. */
const countBits = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/** The number of bits in which entries `a` and `b` of two lists of 64-bit hashes differ, each two words long. */
export const wordDistance = (hashes: Uint32Array, a: number, others: Uint32Array, b: number): number =>
  countBits(hashes[2 * a]! ^ others[2 * b]!) + countBits(hashes[2 * a + 1]! ^ others[2 * b + 1]!);

/** Hashes of 16 hexadecimal digits as two words each. */
export const hashWords = (bits: readonly string[]): Uint32Array =>
  Uint32Array.from({ length: 2 * bits.length }, (_, index) =>
    Number.parseInt(bits[index >> 1]!.slice(8 * (index % 2), 8 * (index % 2) + 8), 16),
  );

/**
 * The number of bits in which two hashes of 16 hexadecimal digits differ, 0 to 64.
 *
 * @example hammingDistance('000000000000000f', '0000000000000000') // 4
 */
export const hammingDistance = (a: string, b: string): number =>
  wordDistance(hashWords([a]), 0, hashWords([b]), 0);
