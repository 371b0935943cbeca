/** What recipes, cards and reports look like: zod schemas that load no TensorFlow. */
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
