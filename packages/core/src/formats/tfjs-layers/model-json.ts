import { z } from 'zod';
import { unreadable, unsupported } from '../format-errors.js';

const quantizationSchema = z.object({
  dtype: z.enum(['uint8', 'uint16', 'float16']),
  scale: z.number().optional(),
  min: z.number().optional(),
});

const weightSchema = z.object({
  name: z.string(),
  shape: z.array(z.int().nonnegative()),
  dtype: z.string(),
  quantization: quantizationSchema.optional(),
});

const modelJsonSchema = z.object({
  format: z.string().nullish(),
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z.array(
    z.object({ paths: z.array(z.string()).default([]), weights: z.array(weightSchema) }),
  ),
  regraft: z.unknown().optional(),
});

/** How a manifest describes one weight. */
export type WeightEntry = z.infer<typeof weightSchema>;

/** The parts of a tfjs model.json that reading needs. */
export type ModelJson = z.infer<typeof modelJsonSchema>;

const isGraphModel = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  const { format, modelTopology } = value as { format?: unknown; modelTopology?: unknown };
  return (
    format === 'graph-model' ||
    (typeof modelTopology === 'object' && modelTopology !== null && 'node' in modelTopology)
  );
};

/** Checks a parsed model.json; throws `weights-unsupported` for a graph model, `weights-unreadable` for anything else. */
export const parseModelJson = (value: unknown): ModelJson => {
  if (isGraphModel(value)) {
    throw unsupported(
      'A tfjs model must be a layers model. Received: a graph model, which can only be executed, not trained.',
      'Convert the original again with --output_format=tfjs_layers_model.',
    );
  }
  const parsed = modelJsonSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unreadable(
    `A model.json must hold modelTopology and weightsManifest. Received: ${issue!.message} at ${issue!.path.join('.') || 'its top'}`,
  );
};
