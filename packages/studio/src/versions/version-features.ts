import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';
import type { StartEngineOptions } from '../engines/start-engine.js';
import { readFeaturesFile } from './features-file.js';
import { recomputeFeatures } from './recompute-features.js';
import { versionFiles } from './version-card.js';

/** What a version's head sees of some of its images. */
export interface FeatureSet {
  /** `[n, width]`, row-major. */
  readonly values: Float32Array;
  /** Indexes into the version's labels. */
  readonly labels: Int32Array;
  /** sha256 of each image's bytes. */
  readonly images: readonly string[];
}

/** Pooled features of a version's images, from its own trained backbone: about 500 of each split at most. */
export interface KeptFeatures {
  readonly width: number;
  readonly training: FeatureSet;
  /** Null where the version was trained without validation images. */
  readonly validation: FeatureSet | null;
}

export interface VersionFeatures extends KeptFeatures {
  /** Whether they were kept with the version, or computed anew from its images. */
  readonly source: 'kept' | 'recomputed';
}

export interface LoadFeaturesOptions {
  readonly engine?: StartEngineOptions | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The version has no such file, or its content is lost. */
const gone: ReadonlySet<string> = new Set(['record-not-found', 'store-corrupt']);

const readKept = async (store: Store, version: string): Promise<KeptFeatures | undefined> => {
  try {
    return readFeaturesFile(await store.versions.readFile(version, versionFiles.features));
  } catch (error) {
    if (RegraftError.isInstance(error) && gone.has(error.code)) return undefined;
    throw error;
  }
};

/**
 * The features that a version was trained and validated on: those kept with it, or, for an older version or where the
 * file is gone, the same computed anew from its data set.
 *
 * @throws RegraftError `record-not-found` for an unknown version; `data-not-found` where neither the features nor the
 *   images are there any more; `cancelled`
 * @example const { training, width } = await loadVersionFeatures(store, 'champion', { signal });
 */
export const loadVersionFeatures = async (
  store: Store,
  reference: string,
  options: LoadFeaturesOptions = {},
): Promise<VersionFeatures> => {
  const { id } = await store.versions.get(reference);
  const kept = await readKept(store, id);
  if (kept) return { ...kept, source: 'kept' };
  return { ...(await recomputeFeatures(store, id, options)), source: 'recomputed' };
};
