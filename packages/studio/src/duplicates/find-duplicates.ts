import { findNearDuplicates, type NearDuplicate, type PerceptualHash } from '@regraft/core';

/** What two images are compared by. */
export interface HashedImage {
  /** Of the file's bytes, in hex. */
  readonly sha256: string;
  /** Null for an image that could not be read. */
  readonly hash: PerceptualHash | null;
}

export interface Duplicates {
  /** The same bytes: places in the first list and in the second. */
  readonly exact: readonly { readonly index: number; readonly other: number }[];
  /** Other bytes that look the same, the most alike first. */
  readonly near: readonly NearDuplicate[];
}

/** Bits in which copies that were scaled, recompressed or made brighter differ at most. */
const nearBits = 6;

const noHash: PerceptualHash = { bits: '0'.repeat(16), informative: false };
const hashOf = ({ hash }: HashedImage): PerceptualHash => hash ?? noHash;

/**
 * Pairs of an image of one list and one of another that are the same file or look the same; the same list twice gives
 * each pair once, `index` below `other`.
 *
 * @example findDuplicates(trainingImages, newImages).exact // [{ index: 12, other: 3 }]
 */
export const findDuplicates = (
  images: readonly HashedImage[],
  others: readonly HashedImage[],
): Duplicates => {
  const isSame = images === others;
  const places = new Map<string, number[]>();
  for (const [other, { sha256 }] of others.entries()) {
    const known = places.get(sha256);
    if (known) known.push(other);
    else places.set(sha256, [other]);
  }
  const exact = images.flatMap(({ sha256 }, index) =>
    (places.get(sha256) ?? []).filter((other) => !isSame || other > index).map((other) => ({ index, other })),
  );
  const hashes = images.map(hashOf);
  const near = findNearDuplicates(hashes, isSame ? hashes : others.map(hashOf), nearBits).filter(
    ({ index, other }) => images[index]!.sha256 !== others[other]!.sha256,
  );
  return { exact, near };
};
