import type { Kysely } from 'kysely';
import type { Schema } from '../database/schema.js';
import { versionId } from './version.js';

/** What keeps a version from being deleted. */
export interface VersionHolders {
  /** Names that stand at it. */
  readonly aliases: readonly string[];
  /** Ids of versions that were trained from it. */
  readonly children: readonly string[];
  /** Runs under way that start from it. */
  readonly runs: readonly number[];
}

/** What holds the version of this number. */
export const findHolders = async (database: Kysely<Schema>, number: number): Promise<VersionHolders> => {
  const aliases = database.selectFrom('aliases').select('name').where('version_id', '=', number);
  const children = database.selectFrom('versions').select('id').where('parent_id', '=', number);
  const runs = database
    .selectFrom('runs')
    .select('id')
    .where('parent_version_id', '=', number)
    .where('status', 'in', ['queued', 'running', 'stopping']);
  return {
    aliases: (await aliases.orderBy('name').execute()).map(({ name }) => name),
    children: (await children.orderBy('id').execute()).map(({ id }) => versionId(id)),
    runs: (await runs.orderBy('id').execute()).map(({ id }) => id),
  };
};

/** The same in words: `alias champion`, `its child v2`, `run 4, which is under way`. */
export const describeHolders = ({ aliases, children, runs }: VersionHolders): string[] => [
  ...aliases.map((name) => `alias ${name}`),
  ...children.map((child) => `its child ${child}`),
  ...runs.map((run) => `run ${run}, which is under way`),
];
