/** What recipes, cards and reports look like: zod schemas that load no TensorFlow. */
export { type DriftReport, driftReportSchema } from './advice/drift/drift-report.js';
export { type LabelProportions, labelProportionsSchema } from './advice/drift/label-proportions.js';
export { type LabelShift, labelShiftSchema } from './advice/drift/label-shift.js';
export { type NearDuplicate, nearDuplicateSchema } from './advice/duplicates/find-near-duplicates.js';
export { type PerceptualHash, perceptualHashSchema } from './advice/duplicates/perceptual-hash.js';
export { type LabelRelation, labelRelationSchema } from './advice/labels/label-relation.js';
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
