import { type FreezePlan, freezePlanSchema, trainingOptionsSchema } from '@regraft/core/schemas';
import { z } from 'zod';

const dataSchema = z
  .object({
    folder: z.string().min(1).optional().describe('A folder with a folder for each class.'),
    csv: z.string().min(1).optional().describe('A CSV file of path,label[,split].'),
    test: z.string().min(1).optional().describe('A separate test set: a folder with the same class folders.'),
    also: z
      .string()
      .min(1)
      .optional()
      .describe('A second data set, a folder or a CSV, whose images and labels are added.'),
    rename: z
      .record(z.string(), z.string().min(1))
      .optional()
      .describe('Other names for labels of the folder or the CSV, and of the separate test set.'),
  })
  .refine(
    ({ folder, csv }) => (folder === undefined) !== (csv === undefined),
    'Give a folder or a CSV file, not both.',
  );

const startSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('backbone'),
    name: z.string().min(1).describe('A catalogue name or the path of a weight file.'),
  }),
  z.object({ kind: z.literal('version'), id: z.string().min(1).describe('A stored version to fine-tune.') }),
]);

const augmentationSchema = z.object({
  views: z.int().min(2).max(64).default(4).describe('Views of each training image, the plain one included.'),
  flip: z.boolean().default(true).describe('Mirror left and right in every other view.'),
  crop: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.3)
    .describe('The largest share of the area that a view may cut away.'),
  colour: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('How far brightness, contrast, saturation and hue vary.'),
});

/** Seconds for comparing depths, unless told. */
export const standardBudgetSeconds = 300;

const autoDepthSchema = z
  .object({
    kind: z.literal('auto'),
    budgetSeconds: z
      .number()
      .positive()
      .default(standardBudgetSeconds)
      .describe('Time for comparing; the head alone is always trained.'),
  })
  .describe('Several depths are compared on the validation images, and the best one is kept.');

/** The complete, typed description of a run: the same recipe gives the same weights, whoever wrote it. */
export const recipeSchema = z.object({
  format: z.literal(1).default(1),
  data: dataSchema,
  start: startSchema,
  head: z
    .enum(['auto', 'keep', 'replace', 'extend'])
    .default('auto')
    .describe('What becomes of an earlier head.'),
  replay: z
    .union([z.literal('auto'), z.int().min(0)])
    .default('auto')
    .describe(
      'Old training images of each class that are shown again, at most. auto: 100 where the head is extended, else none.',
    ),
  untrained: z
    .boolean()
    .default(false)
    .describe('Starts from weights that have seen nothing: the architecture alone is taken.'),
  freeze: z
    .discriminatedUnion('kind', [...freezePlanSchema.options, autoDepthSchema])
    .prefault({ kind: 'head-only' })
    .describe('Which blocks train.'),
  augment: augmentationSchema.nullable().default(null).describe('Altered views of the training images.'),
  training: trainingOptionsSchema.omit({ seed: true }).prefault({}),
  seed: z.int().min(0).default(0).describe('The seed of the split, the order and the weights.'),
  name: z.string().min(1).max(100).optional().describe('A name for the version.'),
});

export type Recipe = z.output<typeof recipeSchema>;

/** A recipe whose blocks are chosen: what one training follows. */
export type FixedRecipe = Omit<Recipe, 'freeze'> & { readonly freeze: FreezePlan };

/** A recipe as a version's card has it. */
export const fixedRecipeSchema = recipeSchema.extend({ freeze: freezePlanSchema });

export type RecipeInput = z.input<typeof recipeSchema>;
