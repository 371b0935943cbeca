export type { EvaluationReport } from '@regraft/core/schemas';
export type { Store } from '@regraft/store';

export { type EngineFacts, type EngineName, engineNames } from './engines/engine.js';
export type { EngineChoice } from './engines/engine-choice.js';

export {
  type Estimate,
  formatBytes,
  formatCount,
  formatDuration,
  formatPoints,
  formatQuantity,
  formatRate,
  formatShare,
  formatTime,
} from './format/number-format.js';

export type {
  AlikePair,
  InspectedImage,
  InspectionReport,
  LabelSuspect,
  OutlierImage,
  PredictedImage,
} from './inspect/inspection-report.js';

export { commandOfRecipe, defaultBackbone, type FitFlags, recipeFromFlags } from './recipe/fit-flags.js';
export { parseRecipe } from './recipe/parse-recipe.js';
export { type Recipe, type RecipeInput, recipeSchema } from './recipe/recipe.js';

export {
  type FollowedEvent,
  followRun,
  killRun,
  requestStop,
  resumeRun,
  startRun,
  stopRun,
} from './runs/control-runs.js';
export type {
  BlockState,
  CacheCount,
  FrozenProof,
  RunEvent,
  RunFailure,
  RunMetrics,
  RunPhase,
  RunResult,
} from './runs/run-event.js';
export { describeRun, listRunSummaries, type RunDescription, type RunSummary } from './runs/run-summary.js';
export {
  type EpochView,
  initialRunView,
  type PhaseView,
  phaseProgress,
  type RunView,
  reduceRunView,
} from './runs/run-view.js';

export { findStore, openStudioStore, type StoreAccess } from './store/open-studio-store.js';

export { describeVersion, type VersionDescription } from './versions/describe-version.js';
export { type AliasMoved, deleteAlias, listAliases, setAlias } from './versions/manage-aliases.js';
export type { VersionCard } from './versions/version-card.js';
export { listVersionSummaries, type VersionSummary } from './versions/version-summary.js';
