import type { Store, VersionHolders } from '@regraft/store';

/** What deleting a version comes to. */
export interface Deletion {
  readonly version: string;
  readonly name: string | null;
  /** What keeps it from being deleted unless it is forced. */
  readonly holders: VersionHolders;
  /** Of the files that no other version has; the store's garbage collection frees them. */
  readonly bytes: number;
}

/** Whether anything keeps a version from being deleted. */
export const isHeld = ({ holders: { aliases, children, runs } }: Deletion): boolean =>
  aliases.length + children.length + runs.length > 0;

/** What deleting a version would come to; nothing is changed. */
export const planDeletion = async (store: Store, reference: string): Promise<Deletion> => {
  const { id, name, files } = await store.versions.get(reference);
  const others = (await store.versions.list({ limit: Number.MAX_SAFE_INTEGER })).filter(
    (version) => version.id !== id,
  );
  const kept = new Set(others.flatMap((version) => version.files.map(({ sha256 }) => sha256)));
  const own = new Map(files.map(({ sha256, bytes }) => [sha256, bytes]));
  const bytes = [...own].reduce((sum, [sha256, size]) => (kept.has(sha256) ? sum : sum + size), 0);
  return { version: id, name, holders: await store.versions.holders(id), bytes };
};

/**
 * Deletes a version. Where it is forced, aliases that stand at it go too and its children have no parent any more.
 *
 * @throws RegraftError `record-conflict` where an alias, a child or a run holds it, `record-not-found`
 * @example const { bytes } = await deleteVersion(store, 'v3');
 */
export const deleteVersion = async (
  store: Store,
  reference: string,
  { force = false }: { readonly force?: boolean } = {},
): Promise<Deletion> => {
  const deletion = await planDeletion(store, reference);
  await store.versions.delete(deletion.version, { force });
  return deletion;
};
