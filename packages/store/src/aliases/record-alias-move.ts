import { userInfo } from 'node:os';
import type { Kysely } from 'kysely';
import { encodeOptionalJson } from '../database/json-column.js';
import type { Schema } from '../database/schema.js';

const currentUser = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A process may run under a user id that has no name.
    return String(process.getuid?.() ?? 'unknown');
  }
};

export interface AliasMoveReason {
  /** The user of this process unless told. */
  readonly by?: string;
  /** Why, in words. */
  readonly note?: string;
  /** What was measured before, as JSON. */
  readonly evidence?: unknown;
}

/** Writes into the history that an alias went from one version to another; null where it was or is nowhere. */
export const recordAliasMove = async (
  database: Kysely<Schema>,
  name: string,
  from: number | null,
  to: number | null,
  { by = currentUser(), note, evidence }: AliasMoveReason = {},
): Promise<void> => {
  await database
    .insertInto('alias_moves')
    .values({
      name,
      from_version_id: from,
      to_version_id: to,
      at: Date.now(),
      by,
      note: note ?? null,
      evidence: encodeOptionalJson(evidence),
    })
    .execute();
};
