import { z } from 'zod';

const learningRates = z
  .record(z.string(), z.number().positive())
  .optional()
  .describe('A multiplier of the learning rate for each named block, in place of what layerDecay gives.');

const layerDecay = z
  .number()
  .positive()
  .max(1)
  .optional()
  .describe(
    'Each block learns at this share of the rate of the one above it, the head at the whole; 1 if not given.',
  );

const rates = { learningRates, layerDecay };

/** Which blocks train, and how fast: a part of every recipe. The head always trains. */
export const freezePlanSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('head-only'), ...rates }).describe('The whole backbone stays frozen.'),
  z
    .object({
      kind: z.literal('from'),
      block: z.string().describe('The lowest block that trains.'),
      ...rates,
    })
    .describe('A block and everything above it train.'),
  z
    .object({
      kind: z.literal('last'),
      count: z.int().nonnegative().describe('How many blocks below the head train.'),
      ...rates,
    })
    .describe('The topmost blocks train.'),
  z.object({ kind: z.literal('all'), ...rates }).describe('Every block trains.'),
]);

export type FreezePlan = z.infer<typeof freezePlanSchema>;

/** Multipliers of the learning rate by block name. */
export type LearningRates = Readonly<Record<string, number>>;

const withRates = (rates: LearningRates | undefined): { learningRates?: Record<string, number> } =>
  rates === undefined ? {} : { learningRates: { ...rates } };

/**
 * Trains the head alone.
 *
 * @example graft(backbone, { head: replaceHead(['ants', 'bees']), freeze: freezeAllButHead() });
 */
export const freezeAllButHead = (): FreezePlan => ({ kind: 'head-only' });

/**
 * Trains a block and everything above it.
 *
 * @example unfreezeFrom('block-13', { 'block-13': 0.1 })
 */
export const unfreezeFrom = (block: string, rates?: LearningRates): FreezePlan => ({
  kind: 'from',
  block,
  ...withRates(rates),
});

/**
 * Trains the head and the `count` blocks below it.
 *
 * @example unfreezeLast(2)
 */
export const unfreezeLast = (count: number, rates?: LearningRates): FreezePlan => ({
  kind: 'last',
  count,
  ...withRates(rates),
});

/**
 * Trains everything.
 *
 * @example unfreezeAll({ stem: 0.1 })
 */
export const unfreezeAll = (rates?: LearningRates): FreezePlan => ({ kind: 'all', ...withRates(rates) });

/**
 * The plan with a learning rate that falls from block to block: the head learns at the whole rate, each block below
 * at `decay` of the one above it (discriminative fine-tuning, Howard and Ruder 2018). Rates that the plan names stay.
 *
 * @example withLayerDecay(unfreezeLast(3), 0.8)
 */
export const withLayerDecay = (plan: FreezePlan, decay: number): FreezePlan => ({
  ...plan,
  layerDecay: decay,
});
