export {
  type ArmChoice,
  type ArmOutcome,
  type ArmRule,
  armChoiceSchema,
  type ChooseArmOptions,
  chooseArm,
} from './advice/comparison/choose-arm.js';
export {
  fitLearningCurve,
  type LearningCurve,
  type LearningCurveOptions,
  type LearningPoint,
  learningCurveSchema,
} from './advice/comparison/fit-learning-curve.js';
export { holm } from './advice/comparison/holm.js';
export { mcnemar } from './advice/comparison/mcnemar.js';
export {
  type PairedDifference,
  pairedDifference,
  pairedDifferenceSchema,
} from './advice/comparison/paired-difference.js';
export {
  type PairedLossDifference,
  pairedLossDifference,
  pairedLossDifferenceSchema,
} from './advice/comparison/paired-loss-difference.js';
export type { SeedValues } from './advice/comparison/paired-means.js';
export {
  type ArmRecord,
  type ArmStatus,
  type RaceOptions,
  type RacingArm,
  raceArms,
} from './advice/comparison/race-arms.js';
export { type DriftReport, driftReportSchema } from './advice/drift/drift-report.js';
export type { FeatureRows } from './advice/drift/feature-rows.js';
export {
  compareLabelProportions,
  type LabelProportions,
  labelProportionsSchema,
} from './advice/drift/label-proportions.js';
export { estimateLabelShift, type LabelShift, labelShiftSchema } from './advice/drift/label-shift.js';
export { type DriftOptions, measureDrift } from './advice/drift/measure-drift.js';
export {
  findNearDuplicates,
  type NearDuplicate,
  nearDuplicateSchema,
} from './advice/duplicates/find-near-duplicates.js';
export type { RgbImage } from './advice/duplicates/grey-thumbnail.js';
export { hammingDistance } from './advice/duplicates/hamming-distance.js';
export {
  type PerceptualHash,
  perceptualHash,
  perceptualHashSchema,
} from './advice/duplicates/perceptual-hash.js';
export { type LabelRelation, labelRelation, labelRelationSchema } from './advice/labels/label-relation.js';
export { logMe } from './advice/transferability/log-me.js';

export { type ArmSummary, armSummarySchema } from './advice/verdict/arm-summary.js';
export { type AdviceCase, type Evidence, evidenceSchema } from './advice/verdict/evidence.js';
export { type Reason, reasonSchema } from './advice/verdict/reason.js';
export { recommend } from './advice/verdict/recommend.js';
export {
  type Action,
  type Recommendation,
  recommendationSchema,
} from './advice/verdict/recommendation.js';
export {
  recommendStrategy,
  type Strategy,
  type StrategyReport,
  type TogetherVerdict,
  togetherVerdictSchema,
} from './advice/verdict/together-verdict.js';
export { type Verdict, verdictSchema } from './advice/verdict/verdict.js';

export type { Backbone } from './backbones/backbone.js';
export { type BackboneDescription, backboneFromNetwork } from './backbones/backbone-from-network.js';
export {
  type BackboneSource,
  type BackboneSpec,
  backboneSpecSchema,
  type WeightReader,
} from './backbones/backbone-spec.js';
export { catalogue, defaultBackboneId } from './backbones/catalogue.js';
export { requireChecksum, sha256 } from './backbones/checksum.js';
export { findBackboneSpec } from './backbones/find-backbone-spec.js';
export { type LoadBackboneOptions, loadBackbone } from './backbones/load-backbone.js';
export { readStateDictNetwork } from './backbones/read-state-dict-network.js';
export { readWeightFiles } from './backbones/read-weight-files.js';
export { type SplitNetwork, splitClassifier } from './backbones/split-classifier.js';
export type { FetchOptions, WeightSource } from './backbones/weight-source.js';

export { type AccuracyGap, accuracyGap, accuracyGapSchema } from './evaluation/accuracy-gap.js';
export {
  type DebiasedCalibrationError,
  debiasedCalibrationError,
} from './evaluation/debiased-calibration-error.js';
export { type EvaluateOptions, evaluate } from './evaluation/evaluate.js';
export { evaluatePredictions, type Predictions } from './evaluation/evaluate-predictions.js';
export {
  type ClassReport,
  type EvaluationReport,
  evaluationReportSchema,
  type Metric,
} from './evaluation/evaluation-report.js';
export { type GradCam, type GradCamOptions, gradCam } from './evaluation/grad-cam.js';
export { type PredictOptions, predictProbabilities } from './evaluation/predict-probabilities.js';
export {
  type Bounds,
  combinedScoreInterval,
  type Proportion,
  scoreInterval,
} from './evaluation/score-interval.js';

export { compileInference, type InferenceExecutor } from './executors/compile-inference.js';
export {
  compileTrainable,
  type TrainableExecutor,
  type TrainableOptions,
  type TrainableRunOptions,
} from './executors/compile-trainable.js';
export {
  type CompiledFunction,
  type FunctionCompiler,
  registerFunctionCompiler,
  type TensorFunction,
} from './executors/compiled-function.js';
export { inferenceOps } from './executors/inference-ops.js';
export { networkToOnnx } from './executors/network-to-onnx.js';
export { onnxOps } from './executors/onnx-ops.js';
export { trainableOps } from './executors/trainable-ops.js';

export { type DetectedFamily, detectFamily } from './families/detect-family.js';
export { families } from './families/families.js';
export type { Family, HyperParameters } from './families/family.js';
export { type FilledFamily, type FillOptions, fillFamily } from './families/fill-family.js';
export { readKerasH5 } from './formats/keras-h5/read-keras-h5.js';
export { readKerasWeights } from './formats/keras-h5/read-keras-weights.js';
export { readPytorchStateDict } from './formats/pytorch/read-pytorch-state-dict.js';
export type { ReadNetwork } from './formats/read-network.js';
export { type ReadNetworkFile, readNetworkFile } from './formats/read-network-file.js';
export { readSafetensors } from './formats/safetensors/read-safetensors.js';
export { readSafetensorsMetadata } from './formats/safetensors/read-safetensors-metadata.js';
export { type SafetensorsTensor, writeSafetensors } from './formats/safetensors/write-safetensors.js';
export type { StateDict } from './formats/state-dict.js';
export { readTeachableMachine } from './formats/teachable-machine/read-teachable-machine.js';
export { readTfjsLayers } from './formats/tfjs-layers/read-tfjs-layers.js';
export { readTflite } from './formats/tflite/read-tflite.js';
export { unzipFiles } from './formats/unzip-files.js';
export {
  type FreezePlan,
  freezeAllButHead,
  freezePlanSchema,
  type LearningRates,
  unfreezeAll,
  unfreezeFrom,
  unfreezeLast,
  withLayerDecay,
} from './grafting/freeze-plan.js';
export { type FreezeProof, freezeProof } from './grafting/freeze-proof.js';
export { type Graftable, type GraftOptions, graft, regraft, separateHead } from './grafting/graft.js';
export { extendHead, type HeadPlan, keepHead, replaceHead } from './grafting/head-plan.js';
export { indexLabels } from './grafting/labels.js';
export type { Model } from './grafting/model.js';
export { type ResolvedFreezePlan, resolveFreezePlan } from './grafting/resolve-freeze-plan.js';
export { splitModel } from './grafting/split-model.js';
export { type BatchNormMode, plannedWeights } from './grafting/trained-weights.js';
export { fromLayersModel } from './layers/from-layers-model.js';
export { type LayersArtifacts, layersArtifacts } from './layers/layers-artifacts.js';
export { toLayersModel } from './layers/to-layers-model.js';
export { batchNormAffine, type ChannelAffine } from './network/batch-norm-affine.js';
export { composeNetworks } from './network/compose-networks.js';
export { cutNetwork } from './network/cut-network.js';
export { type Block, findBlocks } from './network/find-blocks.js';
export { findBoundaries } from './network/find-boundaries.js';
export { foldBatchNorm } from './network/fold-batch-norm.js';
export { foldZeroPad } from './network/fold-zero-pad.js';
export { hashNetwork, hashWeight } from './network/hash-network.js';
export { inferShapes } from './network/infer-shapes.js';
export { isLinear, type LinearNode } from './network/is-linear.js';
export { multiplyAdds } from './network/multiply-adds.js';
export type * from './network/network.js';
export { type NodeWeight, nodeWeights } from './network/node-weights.js';
export { callOp, type NodeOf, type OpTable } from './network/op-table.js';
export { parameterCount } from './network/parameter-count.js';
export { permuteWeight } from './network/permute-weight.js';
export { pruneNetwork } from './network/prune-network.js';
export { sizeOf } from './network/size-of.js';
export { validateNetwork } from './network/validate-network.js';
export { type Window, type WindowGeometry, windowGeometry } from './network/window-geometry.js';
export { normalisePixels, type Preprocessing, preprocessingSchema } from './preprocessing/preprocessing.js';
export { collectTraining } from './training/collect-training.js';
export {
  type ExampleSource,
  examplesFromArray,
  joinExamples,
  type LabelledExamples,
} from './training/example-source.js';
export {
  type FindLearningRateOptions,
  findLearningRate,
  type LearningRateSearch,
} from './training/find-learning-rate.js';
export { stratifiedSample } from './training/head/stratified.js';
export { registerMemoryReader } from './training/memory-room.js';
export { pooledFeatures } from './training/pooled-features.js';
export { type RandomGenerator, randomGenerator } from './training/random-generator.js';
export type { RangePoint } from './training/range-test.js';
export { requireMixable } from './training/require-mixable.js';
export { type TrainOptions, train } from './training/train.js';
export type { TrainingData } from './training/training-data.js';
export type {
  EpochRecord,
  HeadSummary,
  RegularisationScore,
  Score,
  TrainingEvent,
  TrainingPhase,
  TrainingResult,
} from './training/training-event.js';
export {
  type TrainingOptions,
  type TrainingOptionsInput,
  trainingOptionsSchema,
} from './training/training-options.js';
export type { TrainingControls } from './training/training-session.js';
export { type TrunkActivationsOptions, trunkActivations } from './training/trunk-activations.js';
export { untrainedModel } from './training/untrained-model.js';
export {
  type Abstention,
  type AbstentionOptions,
  abstentionSchema,
  chooseThreshold,
} from './trust/abstention.js';
export {
  findLabelErrors,
  type LabelError,
  type LabelErrors,
  labelErrorsSchema,
} from './trust/label-errors.js';
export {
  type OutOfFoldOptions,
  type OutOfFoldProbabilities,
  outOfFoldProbabilities,
} from './trust/out-of-fold-probabilities.js';
export {
  fitOutlierDetector,
  leaveOneOutScores,
  type OutlierDetector,
  type OutlierFitOptions,
  outlierDetectorSchema,
  outlierScores,
  setFalseAlarms,
} from './trust/outlier-detector.js';
export {
  applyTemperature,
  fitTemperature,
  type TemperatureFit,
  temperatureFitSchema,
} from './trust/temperature.js';
