export type {
  ArmSummary,
  EvaluationReport,
  Evidence,
  LabelRelation,
  Reason,
  TogetherVerdict,
  Verdict,
} from '@regraft/core/schemas';
export { labelRelation } from '@regraft/core/schemas';
export type { Store } from '@regraft/store';

export { likelyNames } from './advise/likely-names.js';
export { strategyTitles } from './advise/together-words.js';
export { type BackboneListing, listBackbones } from './backbones/list-backbones.js';
export { dataLocation } from './data/data-location.js';
export type { Manifest } from './data/manifest.js';
export { manifestCounts } from './data/manifest-counts.js';
export { scanDataset } from './data/scan-dataset.js';

export { armTitle } from './depth/arm-title.js';
export type { DepthDecision } from './depth/depth-decision.js';
export { type EngineFacts, type EngineName, engineNames } from './engines/engine.js';
export type { EngineChoice } from './engines/engine-choice.js';

export type { AccuracyChange } from './evaluate/accuracy-change.js';
export type { Forgetting } from './evaluate/forgetting.js';

export {
  type Estimate,
  formatBytes,
  formatChange,
  formatCount,
  formatDifference,
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
export type { Promotion, PromotionVerdict, VersionComparison } from './promote/promotion.js';
export { refusal } from './promote/refusal.js';

export {
  commandOfAdvice,
  commandOfRecipe,
  defaultBackbone,
  type FitFlags,
  recipeFromFlags,
} from './recipe/fit-flags.js';
export { fixedRecipe } from './recipe/fixed-recipe.js';
export { parseRecipe } from './recipe/parse-recipe.js';
export { quoteWord } from './recipe/quote-word.js';
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
export { explainInterruption } from './runs/explain-interruption.js';
export type {
  AdviceResult,
  BlockState,
  CacheCount,
  FrozenProof,
  RunEvent,
  RunFailure,
  RunKind,
  RunMetrics,
  RunPhase,
  RunResult,
} from './runs/run-event.js';
export { describeRun, listRunSummaries, type RunDescription, type RunSummary } from './runs/run-summary.js';
export {
  type ArmView,
  type EpochView,
  initialRunView,
  type PhaseView,
  phaseProgress,
  type RunView,
  reduceRunView,
} from './runs/run-view.js';

export { findStore, openStudioStore, type StoreAccess } from './store/open-studio-store.js';

export { describeTrust, type TrustLine } from './trust/describe-trust.js';
export type { Trust } from './trust/trust.js';

export { type Deletion, deleteVersion, isHeld, planDeletion } from './versions/delete-version.js';
export {
  type ComparedSetting,
  type ComparedVersion,
  describePair,
  type VersionPair,
} from './versions/describe-pair.js';
export { describeVersion, type VersionDescription } from './versions/describe-version.js';
export {
  type AliasMoved,
  aliasHistory,
  deleteAlias,
  listAliases,
  setAlias,
} from './versions/manage-aliases.js';
export type { VersionCard } from './versions/version-card.js';
export { listVersionSummaries, type VersionSummary } from './versions/version-summary.js';
