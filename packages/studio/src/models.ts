/** The part of studio that loads TensorFlow and the image decoders, apart from the rest so that lists open at once. */

export type { LikelyName } from './advise/likely-names.js';
export { proposeNames } from './advise/propose-names.js';
export { createWeightSource, type WeightSourceOptions } from './backbones/create-weight-source.js';
export { type BackboneDetails, describeBackbone } from './backbones/describe-backbone.js';
export { type LoadBackboneByNameOptions, loadBackboneByName } from './backbones/load-backbone-by-name.js';
export { type PulledBackbone, pullBackbone } from './backbones/pull-backbone.js';
export { decodeImage } from './data/decode-image.js';
export { type Diagnosis, diagnose } from './doctor/diagnose.js';
export type { Finding } from './doctor/finding.js';
export { type EngineListing, listEngines } from './engines/list-engines.js';
export {
  type InstalledNative,
  type InstallNativeOptions,
  installNative,
} from './engines/native/install-native.js';
export type { InstallStep } from './engines/native/install-step.js';
export { type RemovedNative, removeNative } from './engines/native/remove-native.js';
export { type StartEngineOptions, startEngine } from './engines/start-engine.js';
export { evaluateVersion, type VersionEvaluation } from './evaluate/evaluate-version.js';
export {
  type ExtractedActivations,
  type ExtractionRequest,
  extractActivations,
} from './features/extract-activations.js';
export { trunkChain } from './features/trunk-chain.js';
export {
  type RecipeRateSearch,
  type SearchProgress,
  searchLearningRate,
} from './fit/search-learning-rate.js';
export { type InspectionProgress, type InspectOptions, inspectVersion } from './inspect/inspect-version.js';
export { renderInspection } from './inspect/render-inspection.js';
export type { AnswerOptions } from './predict/answer-rules.js';
export type { Answer, FilePrediction, ImageAnswer, Prediction } from './predict/file-prediction.js';
export { openPredictor, type Predictor } from './predict/open-predictor.js';
export { predictFiles } from './predict/predict-files.js';
export { type JointPrediction, predictTogether, type SharedTrunk } from './predict/predict-together.js';
export { type WatchOptions, watchFolder } from './predict/watch-folder.js';
export { type PromoteOptions, promoteVersion } from './promote/promote-version.js';
export {
  type FeatureSet,
  type LoadFeaturesOptions,
  loadVersionFeatures,
  type VersionFeatures,
} from './versions/version-features.js';
