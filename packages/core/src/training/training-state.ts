import { RegraftError } from '@regraft/errors';
import { z } from 'zod';
import type { Network } from '../network/network.js';
import { type CheckpointContent, decodeCheckpoint, encodeCheckpoint } from './checkpoint.js';
import type { HeldOutScore } from './head/evaluate-heads.js';
import { epochRecordSchema, type LoopState, loopPositionSchema, scoreSchema } from './loop-state.js';
import type { WeightMap } from './network-weights.js';
import type { EpochRecord, HeadSummary, TrainingResult } from './training-event.js';

const fingerprintSchema = z.object({
  options: z.string(),
  model: z.string(),
  data: z.string(),
  engine: z.string(),
});

/** What must be the same for a checkpoint to fit: hashes of options, model and data, and the engine's name. */
export type Fingerprint = z.infer<typeof fingerprintSchema>;

const headerSchema = z.object({
  fingerprint: fingerprintSchema,
  phase: z.enum(['head', 'tail']),
  seconds: z.number(),
  history: z.array(epochRecordSchema),
  head: z
    .object({
      solver: z.enum(['exact', 'gradient']),
      regularisation: z.number().nullable(),
      folds: z.int(),
      crossValidation: z.array(scoreSchema.extend({ regularisation: z.number() })),
    })
    .nullable(),
  headScores: z.array(
    z.object({ loss: z.number(), weight: z.number(), hits: z.number(), count: z.number() }),
  ),
  best: z
    .object({ phase: z.enum(['head', 'tail']), epoch: z.int(), validation: scoreSchema.nullable() })
    .nullable(),
  loop: z
    .object({
      position: loopPositionSchema,
      optimiserSteps: z.int(),
      averageSteps: z.int().nullable(),
    })
    .nullable(),
});

/** Everything a training needs to go on. */
export interface TrainingState {
  readonly fingerprint: Fingerprint;
  /** `tail` once the head is fitted, whether or not blocks train after it. */
  readonly phase: 'head' | 'tail';
  readonly seconds: number;
  readonly history: readonly EpochRecord[];
  /** How the head was fitted, once it is. */
  readonly head: HeadSummary | null;
  /** The head's weights, once it is fitted. */
  readonly headWeights: WeightMap;
  /** Of the fits that choose the head's regularisation, as far as they are done. */
  readonly headScores: readonly HeldOutScore[];
  /** Of the phases that are over. */
  readonly best: TrainingResult['best'] | null;
  /** Of the phase under way, if it is a gradient loop. */
  readonly loop: LoopState | null;
}

/** The state of a training that has yet to begin. */
export const freshTrainingState = (
  fingerprint: Fingerprint,
  phase: TrainingState['phase'],
): TrainingState => ({
  fingerprint,
  phase,
  seconds: 0,
  history: [],
  head: null,
  headWeights: new Map(),
  headScores: [],
  best: null,
  loop: null,
});

type Group = 'average' | 'best' | 'head' | 'slots' | 'weights';

/** Packs a training's state. */
export const encodeTrainingState = async ({
  headWeights,
  loop,
  ...header
}: TrainingState): Promise<Uint8Array> => {
  const arrays = new Map<string, Float32Array>();
  const add = (group: Group, entries: Iterable<readonly [string, Float32Array]>): void => {
    for (const [name, values] of entries) arrays.set(`${group}/${name}`, values);
  };
  const dataOf = (weights: WeightMap) => [...weights].map(([name, { data }]) => [name, data] as const);
  add('head', dataOf(headWeights));
  if (loop !== null) {
    add('weights', dataOf(loop.learner.weights));
    add('best', dataOf(loop.bestWeights));
    add('slots', loop.learner.optimiser.slots);
    add('average', dataOf(loop.learner.average?.weights ?? new Map()));
  }
  const place = loop && {
    position: loop.position,
    optimiserSteps: loop.learner.optimiser.steps,
    averageSteps: loop.learner.average?.steps ?? null,
  };
  return encodeCheckpoint({ header: { ...header, loop: place }, arrays });
};

const mismatch = (part: string): RegraftError =>
  new RegraftError({
    code: 'run-not-resumable',
    message: `A checkpoint continues the training it was made by. Received: one made with ${part}.`,
    hint: 'Use the same model, data and options, or start anew.',
  });

const requireSame = (found: Fingerprint, expected: Fingerprint): void => {
  if (found.options !== expected.options) throw mismatch('other options');
  if (found.model !== expected.model) throw mismatch('another model');
  if (found.data !== expected.data) throw mismatch('other data');
  if (found.engine !== expected.engine) {
    throw new RegraftError({
      code: 'engine-mismatch',
      message: `A training goes on with the engine it began on. Received: "${expected.engine}" for one begun on "${found.engine}".`,
      hint: `Choose the engine "${found.engine}", or start anew.`,
    });
  }
};

/** The arrays of one group as weights of the network. */
const readWeights = (arrays: CheckpointContent['arrays'], group: Group, network: Network): WeightMap => {
  const weights = new Map<string, { shape: readonly number[]; data: Float32Array }>();
  for (const [key, data] of readGroup(arrays, group)) {
    const weight = network.weights.get(key);
    if (weight?.data.length !== data.length) throw mismatch(`a weight "${key}" that this model has not`);
    weights.set(key, { shape: weight.shape, data });
  }
  return weights;
};

const readGroup = (arrays: CheckpointContent['arrays'], group: Group): [string, Float32Array][] =>
  [...arrays]
    .filter(([key]) => key.startsWith(`${group}/`))
    .map(([key, data]) => [key.slice(group.length + 1), data]);

/**
 * Unpacks a training's state for the model's network. Throws `run-not-resumable` if it is broken or was made by
 * another training, `engine-mismatch` if by another engine.
 */
export const decodeTrainingState = async (
  bytes: Uint8Array,
  network: Network,
  expected: Fingerprint,
): Promise<TrainingState> => {
  const { header, arrays } = await decodeCheckpoint(bytes);
  const parsed = headerSchema.safeParse(header);
  if (!parsed.success) throw mismatch('another release');
  const { loop, ...rest } = parsed.data;
  requireSame(rest.fingerprint, expected);
  return {
    ...rest,
    headWeights: readWeights(arrays, 'head', network),
    loop: loop && {
      position: loop.position,
      learner: {
        weights: readWeights(arrays, 'weights', network),
        optimiser: { steps: loop.optimiserSteps, slots: new Map(readGroup(arrays, 'slots')) },
        average:
          loop.averageSteps === null
            ? null
            : { steps: loop.averageSteps, weights: readWeights(arrays, 'average', network) },
      },
      bestWeights: readWeights(arrays, 'best', network),
    },
  };
};
