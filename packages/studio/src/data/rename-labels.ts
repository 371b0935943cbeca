import { nearestNames, RegraftError } from '@regraft/errors';
import type { Listing } from './listing.js';

/** New names for labels, by the names that the folders or the CSV have. */
export type LabelNames = Readonly<Record<string, string>>;

/**
 * A listing with other names for some labels; two that get the same name become one.
 *
 * @throws RegraftError `labels-mismatch` for a label that isn't there
 */
export const renameLabels = (listing: Listing, names: LabelNames | undefined): Listing => {
  if (names === undefined) return listing;
  const renamed = new Map(
    Object.entries(names).map(([from, to]) => [from.normalize('NFC'), to.normalize('NFC')]),
  );
  const unknown = [...renamed.keys()].find((label) => !listing.labels.has(label));
  if (unknown !== undefined) {
    const near = nearestNames(unknown, [...listing.labels]);
    throw new RegraftError({
      code: 'labels-mismatch',
      message: `Only labels of the data can be renamed. Received: "${unknown}"; there are ${[...listing.labels].join(', ')}`,
      hint: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'Write them as the folders are named.',
    });
  }
  const nameOf = (label: string): string => renamed.get(label) ?? label;
  return {
    ...listing,
    labels: new Set([...listing.labels].map(nameOf)),
    files: listing.files.map((file) => ({ ...file, label: nameOf(file.label) })),
  };
};
