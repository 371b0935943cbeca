import type { Store } from '@regraft/store';
import { z } from 'zod';
import type { VersionSummary } from './version-summary.js';

const share = z.number().min(0).max(1);
const measured = z.object({
  accuracy: z.object({ value: share, low: share, high: share, n: z.int().nonnegative() }),
});

/** The two facts of a card that a line of the list shows. */
const cardFactsSchema = z.object({
  backbone: z.object({ id: z.string() }),
  metrics: z.object({ validation: measured.nullable(), test: measured.nullable() }),
});

export interface ListVersionSummariesOptions {
  /** How many at most; 1000 unless told. */
  readonly limit?: number;
}

/**
 * The store's versions in short, newest first. A card that another program wrote gives a line without figures.
 *
 * @example for (const { version, accuracy } of await listVersionSummaries(store)) print(version, accuracy);
 */
export const listVersionSummaries = async (
  { versions, aliases }: Pick<Store, 'versions' | 'aliases'>,
  { limit = 1000 }: ListVersionSummariesOptions = {},
): Promise<VersionSummary[]> => {
  const listed = await versions.list({ limit });
  const named = await aliases.list();
  return listed.map(({ id, name, labels, parent, card, createdAt }) => {
    const { data } = cardFactsSchema.safeParse(card);
    return {
      version: id,
      name,
      aliases: named.filter((alias) => alias.version === id).map((alias) => alias.name),
      labels,
      accuracy: (data?.metrics.test ?? data?.metrics.validation)?.accuracy ?? null,
      parent,
      backbone: data?.backbone.id ?? null,
      createdAt: createdAt.toISOString(),
    };
  });
};
