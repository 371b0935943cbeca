import { z } from 'zod';
import { preprocessingSchema } from '../preprocessing/preprocessing.js';

/** Sha256 in hex; a file name that ends in the first digits of its own, as torchvision's do, gives at least 8. */
const sha256Schema = z.string().regex(/^[0-9a-f]{8,64}$/);

const bytesSchema = z.int().positive();

const npmSourceSchema = z.strictObject({
  kind: z.literal('npm'),
  package: z.string(),
  version: z.string(),
  /** The file in the package. */
  file: z.string(),
  /** Where in the file the weights stand, from `start` up to but without `end`; all of it where absent. */
  range: z.strictObject({ start: z.int().nonnegative(), end: bytesSchema }).optional(),
  sha256: sha256Schema,
  bytes: bytesSchema,
});

const wheelSourceSchema = z.strictObject({
  kind: z.literal('wheel'),
  package: z.string(),
  version: z.string(),
  /** The entry in the wheel. */
  file: z.string(),
  sha256: sha256Schema,
  bytes: bytesSchema,
});

const urlSourceSchema = z.strictObject({
  kind: z.literal('url'),
  url: z.url({ protocol: /^https$/ }),
  sha256: sha256Schema,
  /** The exact size, where it is known. */
  bytes: bytesSchema.optional(),
});

const fileSourceSchema = z.strictObject({
  kind: z.literal('file'),
  path: z.string(),
  sha256: sha256Schema.optional(),
});

/** Where the bytes of a backbone's weights come from. */
const backboneSourceSchema = z.discriminatedUnion('kind', [
  npmSourceSchema,
  wheelSourceSchema,
  urlSourceSchema,
  fileSourceSchema,
]);

export type BackboneSource = z.infer<typeof backboneSourceSchema>;

const stateDictReader = {
  family: z.string(),
  hyperParameters: z.record(z.string(), z.unknown()),
};

/** How the bytes become a network. `any` finds out by their content. */
const weightReaderSchema = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('tflite'), output: z.string().optional() }),
  z.strictObject({ format: z.literal('pytorch'), ...stateDictReader }),
  z.strictObject({ format: z.literal('safetensors'), ...stateDictReader }),
  z.strictObject({ format: z.literal('any') }),
]);

export type WeightReader = z.infer<typeof weightReaderSchema>;

/** Every fact about a pretrained backbone, as data. */
export const backboneSpecSchema = z.strictObject({
  /** `architecture.weights`. */
  id: z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/),
  title: z.string(),
  architecture: z.string(),
  /** The data that the weights have learnt from. */
  pretrainedOn: z.string(),
  /** Numbers in the weights, batch-norm statistics included, classifier left out. */
  parameters: z.int().positive(),
  /** Channels of the pooled features. */
  features: z.int().positive(),
  /** How the weights want their pixels, and the size we give them. */
  preprocessing: preprocessingSchema,
  /** An SPDX identifier. */
  licence: z.string(),
  paper: z.string().optional(),
  notes: z.string().optional(),
  source: backboneSourceSchema,
  reader: weightReaderSchema,
});

export type BackboneSpec = z.infer<typeof backboneSpecSchema>;
