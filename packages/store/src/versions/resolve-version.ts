import { nearestNames, RegraftError } from '@regraft/errors';
import type { Kysely, Selectable } from 'kysely';
import type { Schema, VersionTable } from '../database/schema.js';
import { versionId } from './version.js';

type VersionRow = Selectable<VersionTable>;

const numberPattern = /^v(\d{1,15})$/;
const hashPrefixPattern = /^[0-9a-f]{4,64}$/;
const suggestedFrom = 1000;

const unknownVersion = async (database: Kysely<Schema>, reference: string): Promise<RegraftError> => {
  const rows = await database
    .selectFrom('versions')
    .select(['id', 'name'])
    .orderBy('id', 'desc')
    .limit(suggestedFrom)
    .execute();
  const aliases = await database.selectFrom('aliases').select('name').limit(suggestedFrom).execute();
  const names = rows.flatMap(({ id, name }) => (name === null ? [versionId(id)] : [name, versionId(id)]));
  const near = nearestNames(reference, new Set([...aliases.map(({ name }) => name), ...names]));
  return new RegraftError({
    code: 'record-not-found',
    message: `A version is named by its id (v3), its name, an alias or the start of its hash. Received: ${reference}`,
    hint:
      near.length > 0
        ? `Did you mean ${near.join(', ')}? \`regraft versions\` lists them all.`
        : '`regraft versions` lists those that the store has.',
    details: { reference, near },
  });
};

const byHashPrefix = async (database: Kysely<Schema>, prefix: string): Promise<VersionRow | undefined> => {
  const rows = await database
    .selectFrom('versions')
    .selectAll()
    .where('sha256', '>=', prefix)
    .where('sha256', '<', `${prefix}g`)
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  if (new Set(rows.map(({ sha256 }) => sha256)).size < 2) return rows[0];
  throw new RegraftError({
    code: 'record-conflict',
    message: `The start of a hash must fit one version only. Received: ${prefix}, which fits ${rows.map(({ id }) => versionId(id)).join(', ')}`,
    hint: 'Give more digits of the hash, or the id of the version.',
  });
};

/**
 * The row of the version that a reference means: an id ('v3'), else an alias, else a name (the newest of that name),
 * else the start of a hash (4 digits or more). Throws 'record-not-found' with the nearest names.
 */
export const resolveVersion = async (database: Kysely<Schema>, reference: string): Promise<VersionRow> => {
  const versions = database.selectFrom('versions').selectAll('versions');
  const number = numberPattern.exec(reference)?.[1];
  const found =
    number !== undefined
      ? await versions.where('id', '=', Number(number)).executeTakeFirst()
      : ((await versions
          .innerJoin('aliases', 'aliases.version_id', 'versions.id')
          .where('aliases.name', '=', reference)
          .executeTakeFirst()) ??
        (await versions.where('name', '=', reference).orderBy('id', 'desc').limit(1).executeTakeFirst()) ??
        (hashPrefixPattern.test(reference) ? await byHashPrefix(database, reference) : undefined));
  if (found) return found;
  throw await unknownVersion(database, reference);
};
