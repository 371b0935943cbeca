import { RegraftError } from '@regraft/errors';
import type { VersionSummary } from '@regraft/studio';
import { loadStudio } from './load-studio.js';

export type LoadedVersions =
  | { readonly state: 'listed'; readonly versions: readonly VersionSummary[] }
  | { readonly state: 'failed'; readonly message: string; readonly hint: string | undefined };

/**
 * The versions of the store that `REGRAFT_STORE` names, or of the nearest `.regraft/` upward.
 * No store yet is an empty list; what a user can act on is a state of the page, not a throw.
 */
export const loadVersions = async (): Promise<LoadedVersions> => {
  const { listVersionSummaries, openStudioStore } = await loadStudio();
  try {
    const store = await openStudioStore({ access: 'read-only' });
    try {
      return { state: 'listed', versions: await listVersionSummaries(store) };
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!RegraftError.isInstance(error)) throw error;
    if (error.code === 'store-not-found') return { state: 'listed', versions: [] };
    return { state: 'failed', message: error.message, hint: error.hint };
  }
};
