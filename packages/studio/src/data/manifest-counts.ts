import type { Manifest, Split } from './manifest.js';

/** Images of each label, in the order of the labels. */
export type LabelCounts = readonly number[];

/** How many images of each label each split holds. */
export const manifestCounts = ({ labels, images }: Manifest): Readonly<Record<Split, LabelCounts>> => {
  const zeros = (): number[] => labels.map(() => 0);
  const counts: Record<Split, number[]> = { train: zeros(), validation: zeros(), test: zeros() };
  for (const { split, label } of images) counts[split][label]!++;
  return counts;
};
