import { RegraftError } from '@regraft/errors';
import { z } from 'zod';

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
      'Batch-norm of trained blocks by its stored statistics, or by those of the batch (large batches only).',
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
  seed: z.int().default(0).describe('Of the order of the data, the folds and dropout.'),
});

/** All options, with their defaults filled in. */
export type TrainingOptions = z.output<typeof trainingOptionsSchema>;

/** What a caller gives: any of the options. */
export type TrainingOptionsInput = z.input<typeof trainingOptionsSchema>;

/** Fills in defaults. Throws `recipe-invalid` naming every option that is wrong. */
export const parseTrainingOptions = (options: TrainingOptionsInput): TrainingOptions => {
  const parsed = trainingOptionsSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new RegraftError({
    code: 'recipe-invalid',
    message: `Training options must be in their ranges. Received: ${issues.join('; ')}.`,
    hint: 'Leave an option out to use its default.',
  });
};

const automaticLearningRate = { adamw: { head: 1e-3, tail: 3e-5 }, sgd: { head: 0.1, tail: 3e-3 } };

/** The highest learning rate of a phase. */
export const baseLearningRate = (
  { learningRate, optimiser }: TrainingOptions,
  phase: 'head' | 'tail',
): number => (learningRate === 'auto' ? automaticLearningRate[optimiser][phase] : learningRate);
