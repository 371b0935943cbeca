export type { ActivationCache, OpenActivationSpaceOptions } from './activations/activation-cache.js';
export type { ActivationReader } from './activations/activation-reader.js';
export type { ActivationRow, ActivationSpace } from './activations/activation-space.js';
export type { Alias, AliasMove, AliasStore, SetAliasOptions } from './aliases/alias-store.js';
export type { BlobContent } from './blobs/blob-references.js';
export type { BlobFacts, BlobStore, ListedBlob } from './blobs/blob-store.js';
export type { Dataset, DatasetStore, NewDataset } from './datasets/dataset-store.js';
export type { Evaluation, EvaluationStore, NewEvaluation } from './evaluations/evaluation-store.js';
export type {
  EventStore,
  FollowEventsOptions,
  ListEventsOptions,
  StoredEvent,
} from './events/event-store.js';
export { type FindStorePathOptions, findStorePath } from './find-store-path.js';
export type { FileStamp, KnownFile, KnownFileStore } from './known-files/known-file-store.js';
export type { CheckStoreOptions } from './maintenance/check-store.js';
export type { CollectLitterOptions } from './maintenance/collect-litter.js';
export type {
  CollectedLitter,
  Litter,
  StoreProblem,
  StoreProblemKind,
  StoreReport,
} from './maintenance/store-report.js';
export type { StoreSummary } from './maintenance/summarize-store.js';
export { type OpenStoreOptions, openStore } from './open-store.js';
export { isOver, type Run, type RunStatus } from './runs/run.js';
export type { ListRunsOptions, NewRun, RunStore } from './runs/run-store.js';
export type { Store } from './store.js';
export { cardFileName, type Version, type VersionFile } from './versions/version.js';
export type { VersionHolders } from './versions/version-holders.js';
export type { NewVersion, VersionStore } from './versions/version-store.js';
