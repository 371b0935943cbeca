import { nearestNames, RegraftError } from '@regraft/errors';
import type { Alias, AliasMove, Store } from '@regraft/store';

export interface AliasMoved {
  readonly name: string;
  readonly version: string;
  /** The version it stood at before. */
  readonly previous: string | null;
}

/** Every movable name and its version. */
export const listAliases = (store: Store): Promise<Alias[]> => store.aliases.list();

/** Makes a movable name stand at a version. */
export const setAlias = async (store: Store, name: string, reference: string): Promise<AliasMoved> => {
  const previous = (await store.aliases.list()).find((alias) => alias.name === name)?.version ?? null;
  const { version } = await store.aliases.set(name, reference);
  return { name, version, previous };
};

/** Removes a movable name; its version stays. */
export const deleteAlias = (store: Store, name: string): Promise<void> => store.aliases.delete(name);

/**
 * Every move of a movable name, newest first, with what was measured before it.
 *
 * @throws RegraftError `record-not-found` for a name that never stood anywhere
 */
export const aliasHistory = async (store: Store, name: string): Promise<AliasMove[]> => {
  const moves = await store.aliases.history(name);
  if (moves.length > 0) return moves;
  const near = nearestNames(
    name,
    (await store.aliases.list()).map((alias) => alias.name),
  );
  throw new RegraftError({
    code: 'record-not-found',
    message: `A history is of a name that was given to a version. Received: ${name}`,
    hint: near.length > 0 ? `Did you mean ${near.join(', ')}?` : `Give it with: regraft promote v1 ${name}`,
  });
};
