import type { Store } from '@regraft/store';
import { findDuplicates } from '../duplicates/find-duplicates.js';
import { type HashOptions, perceptualHashes } from '../duplicates/perceptual-hashes.js';
import type { InspectedData } from './inspected-data.js';
import type { InspectionReport } from './inspection-report.js';
import { describeImage } from './select-rows.js';

/** Pairs of images that look the same: those on both sides of a split first, then those of different labels. */
export const findAlike = async (
  store: Store,
  data: InspectedData,
  { top, ...options }: HashOptions & { readonly top: number },
): Promise<InspectionReport['alike']> => {
  const hashes = await perceptualHashes(store, data.images, options);
  const hashed = data.images.map(({ sha256 }, row) => ({ sha256, hash: hashes[row]! }));
  const pairs = findDuplicates(hashed, hashed).near.map(({ index, other, distance }) => {
    const [first, second] = [describeImage(data, index), describeImage(data, other)];
    return { images: [first, second] as [typeof first, typeof second], distance };
  });
  const isAcross = ({ images: [first, second] }: (typeof pairs)[number]): boolean =>
    first.split !== second.split;
  const rank = (pair: (typeof pairs)[number]): number => {
    const [first, second] = pair.images;
    return (isAcross(pair) ? 0 : 2) + (first.label === second.label ? 1 : 0);
  };
  return {
    n: hashes.filter((hash) => hash?.informative).length,
    total: pairs.length,
    acrossSplits: pairs.filter(isAcross).length,
    pairs: pairs.toSorted((a, b) => rank(a) - rank(b) || a.distance - b.distance).slice(0, top),
  };
};
