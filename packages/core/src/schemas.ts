/** What recipes, cards and reports look like, and which backbones are known: schemas and data that load no TensorFlow. */

export { type ArmChoice, armChoiceSchema } from './advice/comparison/choose-arm.js';
export { type LearningCurve, learningCurveSchema } from './advice/comparison/fit-learning-curve.js';
export { type PairedDifference, pairedDifferenceSchema } from './advice/comparison/paired-difference.js';
export {
  type PairedLossDifference,
  pairedLossDifferenceSchema,
} from './advice/comparison/paired-loss-difference.js';
export { type DriftReport, driftReportSchema } from './advice/drift/drift-report.js';
export { type LabelProportions, labelProportionsSchema } from './advice/drift/label-proportions.js';
export { type LabelShift, labelShiftSchema } from './advice/drift/label-shift.js';
export { type NearDuplicate, nearDuplicateSchema } from './advice/duplicates/find-near-duplicates.js';
export { type PerceptualHash, perceptualHashSchema } from './advice/duplicates/perceptual-hash.js';
export { type LabelRelation, labelRelation, labelRelationSchema } from './advice/labels/label-relation.js';
export { type ArmSummary, armSummarySchema } from './advice/verdict/arm-summary.js';
export { type AdviceCase, type Evidence, evidenceSchema } from './advice/verdict/evidence.js';
export { type Reason, reasonSchema } from './advice/verdict/reason.js';
export {
  type Action,
  type Recommendation,
  recommendationSchema,
} from './advice/verdict/recommendation.js';
export {
  type Strategy,
  type StrategyReport,
  type TogetherVerdict,
  togetherVerdictSchema,
} from './advice/verdict/together-verdict.js';
export { type Verdict, verdictSchema } from './advice/verdict/verdict.js';
export type { BackboneSource, BackboneSpec } from './backbones/backbone-spec.js';
export { catalogue } from './backbones/catalogue.js';
export { type AccuracyGap, accuracyGapSchema } from './evaluation/accuracy-gap.js';
export {
  type ClassReport,
  classReportSchema,
  type EvaluationReport,
  evaluationReportSchema,
  type Metric,
  metricSchema,
} from './evaluation/evaluation-report.js';
export { type FreezePlan, freezePlanSchema } from './grafting/freeze-plan.js';
export { type Preprocessing, preprocessingSchema } from './preprocessing/preprocessing.js';
export {
  type TrainingOptions,
  type TrainingOptionsInput,
  trainingOptionsSchema,
} from './training/training-options.js';
export { type Abstention, abstentionSchema } from './trust/abstention.js';
export { type LabelErrors, labelErrorsSchema } from './trust/label-errors.js';
export { type OutlierDetector, outlierDetectorSchema } from './trust/outlier-detector.js';
export { type TemperatureFit, temperatureFitSchema } from './trust/temperature.js';
