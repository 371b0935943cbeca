import { z } from 'zod';

export const splitSchema = z.enum(['train', 'validation', 'test']);

/** Which part of a run an image serves. */
export type Split = z.infer<typeof splitSchema>;

const manifestImageSchema = z.object({
  /** Relative to the manifest's root with forward slashes; absolute where the file lies outside it. */
  path: z.string().min(1),
  /** Of the file's bytes, in hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Index into the manifest's labels. */
  label: z.int().nonnegative(),
  split: splitSchema,
  bytes: z.int().positive(),
  /** In pixels, as the image is seen (EXIF orientation applied). */
  width: z.int().positive(),
  height: z.int().positive(),
  /** Present on an image of the data that the version a run starts from was trained on. */
  replayed: z.literal(true).optional(),
});

export type ManifestImage = Readonly<z.infer<typeof manifestImageSchema>>;

const dataProblemKinds = [
  'conflicting-duplicate',
  'duplicate',
  'empty',
  'missing',
  'no-permission',
  'not-an-image',
  'symlink-loop',
  'too-large',
  'unlabelled',
  'unreadable',
  'unsupported',
] as const;

const dataProblemSchema = z.object({
  kind: z.enum(dataProblemKinds),
  path: z.string(),
  /** One clause a person understands. */
  detail: z.string(),
});

export type DataProblemKind = (typeof dataProblemKinds)[number];

/** A file that was left out of a dataset, and why. */
export type DataProblem = Readonly<z.infer<typeof dataProblemSchema>>;

export const manifestSchema = z
  .object({
    /** Absolute path of the folder (or of the CSV's folder) that relative paths start from. */
    root: z.string().min(1),
    /** A name for people: the folder's or the CSV's. */
    name: z.string(),
    /** NFC, unique, by code point unless they were given. */
    labels: z.array(z.string().min(1)).min(1),
    /** By sha256, so that neither names nor their order matter to what follows. */
    images: z.array(manifestImageSchema),
    /** By path. */
    problems: z.array(dataProblemSchema),
  })
  .refine(({ labels, images }) => images.every(({ label }) => label < labels.length), {
    message: "An image's label must be an index into the labels.",
  });

/** A scanned dataset: plain data that survives JSON. */
export interface Manifest {
  readonly root: string;
  readonly name: string;
  readonly labels: readonly string[];
  readonly images: readonly ManifestImage[];
  readonly problems: readonly DataProblem[];
}
