import {
  accuracyGapSchema,
  evaluationReportSchema,
  metricSchema,
  preprocessingSchema,
} from '@regraft/core/schemas';
import { z } from 'zod';
import { depthDecisionSchema } from '../depth/depth-decision.js';
import { engineNames } from '../engines/engine.js';
import { accuracyChangeSchema } from '../evaluate/accuracy-change.js';
import { forgettingSchema } from '../evaluate/forgetting.js';
import { fixedRecipeSchema } from '../recipe/recipe.js';
import { trustSchema } from '../trust/trust.js';

const blockStateSchema = z.object({
  name: z.string(),
  state: z.enum(['frozen', 'trained', 'head']),
  output: z.string(),
  parameters: z.int().nonnegative(),
  learningRate: z.number().nonnegative(),
});

/** `regraft.json`: all that a version is besides its network, which `model.json` and `weights.bin` hold. */
export const versionCardSchema = z.object({
  format: z.literal(1),
  name: z.string().nullable(),
  labels: z.array(z.string()).min(1),
  preprocessing: preprocessingSchema,
  backbone: z.object({ id: z.string(), sha256: z.string() }),
  parent: z.string().nullable(),
  run: z.int().positive(),
  dataset: z.int().positive(),
  recipe: fixedRecipeSchema,
  cut: z.string(),
  blocks: z.array(blockStateSchema),
  metrics: z.object({
    train: evaluationReportSchema,
    validation: evaluationReportSchema.nullable(),
    test: evaluationReportSchema.nullable(),
    gap: accuracyGapSchema.nullable(),
    forgetting: forgettingSchema.nullable().default(null),
    improvement: accuracyChangeSchema.nullable().default(null),
    newImages: metricSchema.nullable().default(null),
  }),
  frozen: z.object({ tensors: z.int().nonnegative(), before: z.string(), after: z.string() }),
  head: z.object({ how: z.enum(['keep', 'replace', 'extend']), regularisation: z.number().nullable() }),
  trust: trustSchema.nullable().default(null),
  engine: z.object({
    backend: z.enum(engineNames),
    threads: z.int().positive(),
    trunk: z.enum(['onnxruntime', 'tfjs']),
    versions: z.record(z.string(), z.string()),
  }),
  /** How its depth was chosen, where it was. */
  depth: depthDecisionSchema.nullable().default(null),
  createdAt: z.string(),
});

export type VersionCard = z.output<typeof versionCardSchema>;

/** The files of a version: the first two are what any TensorFlow.js program loads. */
export const versionFiles = {
  model: 'model.json',
  weights: 'weights.bin',
  features: 'features.safetensors',
  card: 'regraft.json',
} as const;
