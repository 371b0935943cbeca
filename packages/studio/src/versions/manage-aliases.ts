import type { Alias, Store } from '@regraft/store';

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
