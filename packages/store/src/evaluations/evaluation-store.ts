import type { Selectable } from 'kysely';
import { decodeJson, encodeJson } from '../database/json-column.js';
import type { EvaluationTable } from '../database/schema.js';
import type { StoreContext } from '../store-context.js';
import { resolveVersion } from '../versions/resolve-version.js';
import { versionId } from '../versions/version.js';

export interface NewEvaluation {
  /** Any reference to a version. */
  readonly version: string;
  /** Id of the data set. */
  readonly dataset?: number;
  readonly report: unknown;
}

export interface Evaluation {
  readonly id: number;
  readonly version: string;
  readonly dataset: number | null;
  readonly report: unknown;
  readonly createdAt: Date;
}

/** How well versions did on data sets. */
export interface EvaluationStore {
  record(evaluation: NewEvaluation): Promise<Evaluation>;
  /** Those of one version, or all; newest first. */
  list(options?: { readonly version?: string; readonly limit?: number }): Promise<Evaluation[]>;
}

const readEvaluation = (row: Selectable<EvaluationTable>): Evaluation => ({
  id: row.id,
  version: versionId(row.version_id),
  dataset: row.dataset_id,
  report: decodeJson(row.report),
  createdAt: new Date(row.created_at),
});

/** The evaluations of a store. */
export const createEvaluationStore = ({ database }: StoreContext): EvaluationStore => ({
  record: ({ version, dataset, report }) =>
    database.transaction().execute(async (transaction) => {
      const { id } = await resolveVersion(transaction, version);
      const row = await transaction
        .insertInto('evaluations')
        .values({
          version_id: id,
          dataset_id: dataset ?? null,
          report: encodeJson(report),
          created_at: Date.now(),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return readEvaluation(row);
    }),

  list: async ({ version, limit = 1000 } = {}) => {
    let query = database.selectFrom('evaluations').selectAll().orderBy('id', 'desc').limit(limit);
    if (version !== undefined)
      query = query.where('version_id', '=', (await resolveVersion(database, version)).id);
    return (await query.execute()).map(readEvaluation);
  },
});
