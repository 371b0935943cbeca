import type { Store, Version } from '@regraft/store';
import type { Estimate } from '../format/number-format.js';
import { parseCard } from './parse-card.js';
import type { VersionCard } from './version-card.js';

/** One line of a list of versions. */
export interface VersionSummary {
  /** `v3`: how commands and pages refer to it. */
  readonly version: string;
  readonly name: string | null;
  /** Names that move, `champion` say, and stand at this version now. */
  readonly aliases: readonly string[];
  readonly labels: readonly string[];
  /** On held-out images: of the test split, else of the validation split. */
  readonly accuracy: Estimate | null;
  /** The version it was fine-tuned from. */
  readonly parent: string | null;
  readonly backbone: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** Accuracy on the test split, else on the validation split. */
export const heldOutAccuracy = ({ metrics }: Pick<VersionCard, 'metrics'>): Estimate | null =>
  (metrics.test ?? metrics.validation)?.accuracy ?? null;

/** The names that stand at each version. */
export const aliasesByVersion = async (store: Store): Promise<ReadonlyMap<string, string[]>> => {
  const names = new Map<string, string[]>();
  for (const { name, version } of await store.aliases.list()) {
    names.set(version, [...(names.get(version) ?? []), name]);
  }
  return names;
};

const summarise = (version: Version, aliases: readonly string[]): VersionSummary => {
  const card = parseCard(version);
  return {
    version: version.id,
    name: version.name,
    aliases,
    labels: version.labels,
    accuracy: heldOutAccuracy(card),
    parent: version.parent,
    backbone: card.backbone.id,
    createdAt: version.createdAt.toISOString(),
  };
};

/**
 * The versions of a store, newest first.
 *
 * @example const versions = await listVersionSummaries(store, { limit: 20 });
 */
export const listVersionSummaries = async (
  store: Store,
  { limit = 100 }: { limit?: number } = {},
): Promise<VersionSummary[]> => {
  const aliases = await aliasesByVersion(store);
  const versions = await store.versions.list({ limit });
  return versions.map((version) => summarise(version, aliases.get(version.id) ?? []));
};
