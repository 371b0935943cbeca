import { RegraftError } from '@regraft/errors';
import { z } from 'zod';

const alpha = (standard: number, kind: string) =>
  z
    .number()
    .positive()
    .default(standard)
    .describe(`Of the beta distribution that ${kind} draws shares from: small ones mostly keep one image.`);

const mixSchema = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.literal('mixup'), alpha: alpha(0.2, 'mixup') })
    .describe('Each image is blended with another of its batch (Zhang et al. 2018).'),
  z
    .object({ kind: z.literal('cutmix'), alpha: alpha(1, 'cutmix') })
    .describe('A rectangle of each image comes from another of its batch (Yun et al. 2019).'),
]);

/** How a model is trained: a part of every recipe, and the source of the forms that ask for one. */
export const trainingOptionsSchema = z.object({
  epochs: z.int().min(1).default(10).describe('How often training goes through the data, at most.'),
  batchSize: z.int().min(1).default(32).describe('Images a step; batches of an epoch differ by one at most.'),
  learningRate: z
    .union([z.literal('auto'), z.number().min(0)])
    .default('auto')
    .describe(
      'The highest learning rate. auto: with AdamW 1e-3 for a head and 3e-5 for blocks, with SGD 0.1 and 3e-3.',
    ),
  optimiser: z
    .enum(['adamw', 'sgd'])
    .default('adamw')
    .describe('AdamW, or stochastic gradient descent with momentum.'),
  momentum: z.number().min(0).lt(1).default(0.9).describe('Of SGD.'),
  weightDecay: z
    .number()
    .min(0)
    .default(0.01)
    .describe(
      'Decoupled decay of kernels, times the learning rate at every step; biases and batch-norm have none.',
    ),
  warmUp: z
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .describe(
      'Share of the steps in which the learning rate rises to its highest; then it falls as a cosine to 0.',
    ),
  classWeights: z
    .enum(['balanced', 'none'])
    .default('none')
    .describe(
      'balanced: rare classes count as much as frequent ones, at the price of calibrated probabilities.',
    ),
  labelSmoothing: z.number().min(0).lt(1).default(0).describe('Share of the target spread over all classes.'),
  patience: z
    .int()
    .min(1)
    .nullable()
    .default(3)
    .describe('Epochs without a lower validation loss after which training stops; null never stops early.'),
  gradientClip: z
    .number()
    .positive()
    .nullable()
    .default(1)
    .describe('Largest norm of the whole gradient; null for any.'),
  batchNorm: z
    .enum(['inference', 'train'])
    .default('inference')
    .describe(
      'Batch-norm of trained blocks by its stored statistics, or by those of the batch (large batches only, never one image).',
    ),
  dropout: z
    .number()
    .min(0)
    .lt(1)
    .nullable()
    .default(null)
    .describe("Share of pooled features dropped at every gradient step; null: as the model's head says."),
  headSolver: z
    .enum(['exact', 'gradient'])
    .default('exact')
    .describe(
      'exact: a linear head is fitted to its optimum, its regularisation chosen. gradient: by the optimiser.',
    ),
  headRegularisation: z
    .union([z.literal('auto'), z.number().positive()])
    .default('auto')
    .describe(
      'L2 strength of the exact head on standardised features (1 / C of scikit-learn); auto: by cross-validation.',
    ),
  headFirst: z
    .boolean()
    .default(true)
    .describe('Fit the head on the frozen features before blocks train with it (LP-FT, Kumar et al. 2022).'),
  keepStart: z
    .boolean()
    .default(true)
    .describe(
      'Give back the weights that training began with where no epoch has a lower validation loss; false where they have learned nothing.',
    ),
  unfreezing: z
    .enum(['together', 'gradual'])
    .default('together')
    .describe(
      'gradual: the topmost unfrozen block trains first, the next joins in a later epoch, and so on down; all train in the second half (ULMFiT, Howard and Ruder 2018).',
    ),
  ema: z
    .number()
    .positive()
    .lt(1)
    .nullable()
    .default(null)
    .describe(
      'Decay of a moving average of the weights (Polyak averaging), which validation and the result use in their place; null for none.',
    ),
  mix: mixSchema
    .nullable()
    .default(null)
    .describe(
      'Images mixed with others of their batch, and their targets with them, while all blocks train; null for none.',
    ),
  seed: z.int().default(0).describe('Of the order of the data, the folds, dropout and mixing.'),
});

/** All options, with their defaults filled in. */
export type TrainingOptions = z.output<typeof trainingOptionsSchema>;

/** What a caller gives: any of the options. */
export type TrainingOptionsInput = z.input<typeof trainingOptionsSchema>;

/** One image says nothing of how a batch varies; PyTorch refuses it as well where a channel has one value. */
const requireBatchStatistics = (options: TrainingOptions): TrainingOptions => {
  if (options.batchNorm === 'inference' || options.batchSize > 1) return options;
  throw new RegraftError({
    code: 'recipe-invalid',
    message:
      'Batch-norm by the statistics of a batch needs batches of at least 2 images. Received: a batch size of 1.',
    hint: 'Raise batchSize, or leave batchNorm at inference.',
  });
};

/** Fills in defaults. Throws `recipe-invalid` naming every option that is wrong. */
export const parseTrainingOptions = (options: TrainingOptionsInput): TrainingOptions => {
  const parsed = trainingOptionsSchema.safeParse(options);
  if (parsed.success) return requireBatchStatistics(parsed.data);
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new RegraftError({
    code: 'recipe-invalid',
    message: `Training options must be in their ranges. Received: ${issues.join('; ')}.`,
    hint: 'Leave an option out to use its default.',
  });
};

/** How many examples every batch has at least: batch statistics need two. */
export const smallestBatch = ({ batchNorm }: Pick<TrainingOptions, 'batchNorm'>): number =>
  batchNorm === 'train' ? 2 : 1;

const automaticLearningRate = { adamw: { head: 1e-3, tail: 3e-5 }, sgd: { head: 0.1, tail: 3e-3 } };

/** The highest learning rate of a phase unless another is asked for. */
export const standardLearningRate = (
  { optimiser }: Pick<TrainingOptions, 'optimiser'>,
  phase: 'head' | 'tail',
): number => automaticLearningRate[optimiser][phase];

/** The highest learning rate of a phase. */
export const baseLearningRate = (options: TrainingOptions, phase: 'head' | 'tail'): number =>
  options.learningRate === 'auto' ? standardLearningRate(options, phase) : options.learningRate;
