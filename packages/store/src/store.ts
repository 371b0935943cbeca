import type { ActivationCache } from './activations/activation-cache.js';
import type { AliasStore } from './aliases/alias-store.js';
import type { BlobStore } from './blobs/blob-store.js';
import type { DatasetStore } from './datasets/dataset-store.js';
import type { EvaluationStore } from './evaluations/evaluation-store.js';
import type { EventStore } from './events/event-store.js';
import type { RunStore } from './runs/run-store.js';
import type { VersionStore } from './versions/version-store.js';

/**
 * An open store: SQLite for the records, files for the content.
 *
 * Any method may throw 'store-not-found' (removed meanwhile), 'store-read-only', 'store-busy', 'store-full' and
 * 'store-corrupt'; none of them leaves anything half-written.
 */
export interface Store {
  /** Absolute path of the store's folder. */
  readonly path: string;
  readonly readOnly: boolean;
  readonly blobs: BlobStore;
  readonly datasets: DatasetStore;
  readonly runs: RunStore;
  readonly events: EventStore;
  readonly versions: VersionStore;
  readonly aliases: AliasStore;
  readonly evaluations: EvaluationStore;
  readonly activations: ActivationCache;
  close(): Promise<void>;
}
