import { evaluationReportSchema } from '@regraft/core/schemas';
import type { Store } from '@regraft/store';
import type { Estimate } from '../format/number-format.js';
import { parseCard } from './parse-card.js';
import type { VersionCard } from './version-card.js';
import { aliasesByVersion } from './version-summary.js';

export interface VersionDescription {
  readonly version: string;
  readonly name: string | null;
  readonly aliases: readonly string[];
  readonly run: number | null;
  /** From the backbone to this version. */
  readonly lineage: readonly string[];
  readonly card: VersionCard;
  readonly evaluations: readonly {
    readonly data: string;
    readonly accuracy: Estimate;
    readonly at: string;
  }[];
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly path: string;
  }[];
  readonly createdAt: string;
}

/** All there is to say of a version, by its id, name, alias or hash. */
export const describeVersion = async (store: Store, reference: string): Promise<VersionDescription> => {
  const version = await store.versions.get(reference);
  const card = parseCard(version);
  const ancestors = await store.versions.lineage(version.id);
  const datasets = new Map((await store.datasets.list()).map(({ id, path }) => [id, path]));
  const evaluations = await store.evaluations.list({ version: version.id });
  return {
    version: version.id,
    name: version.name,
    aliases: (await aliasesByVersion(store)).get(version.id) ?? [],
    run: version.runId,
    lineage: [card.backbone.id, ...ancestors.map(({ id }) => id).reverse()],
    card,
    evaluations: evaluations.map(({ dataset, report, createdAt }) => ({
      data: (dataset === null ? undefined : datasets.get(dataset)) ?? 'images',
      accuracy: evaluationReportSchema.parse(report).accuracy,
      at: createdAt.toISOString(),
    })),
    files: version.files.map(({ name, bytes, sha256 }) => ({
      name,
      bytes,
      sha256,
      path: store.blobs.path(sha256),
    })),
    createdAt: version.createdAt.toISOString(),
  };
};
