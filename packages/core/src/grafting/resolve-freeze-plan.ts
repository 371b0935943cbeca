import { nearestNames, RegraftError } from '@regraft/errors';
import type { Block } from '../network/find-blocks.js';
import type { FreezePlan, LearningRates } from './freeze-plan.js';

/** The name of the block that the classifier is. */
export const headBlock = 'head';

/** A freeze plan on the blocks of one model. */
export interface ResolvedFreezePlan {
  readonly plan: FreezePlan;
  /** Names of the blocks that never change, from the input up. */
  readonly frozen: readonly string[];
  /** Names of the blocks that train, from the cut up; the last is `head`. */
  readonly trained: readonly string[];
  /** The node whose value leaves the frozen part; the input node when nothing is frozen. */
  readonly cut: string;
  /** Multiplier of the learning rate of every trained block. */
  readonly learningRates: LearningRates;
}

const planError = (rule: string, received: string, hint: string): RegraftError =>
  new RegraftError({ code: 'recipe-invalid', message: `${rule} Received: ${received}.`, hint });

const unknownBlock = (name: string, blocks: readonly Block[]): RegraftError => {
  const known = blocks.map((block) => block.name);
  const near = nearestNames(name, known);
  return planError(
    'A freeze plan names blocks of the model.',
    `"${name}"`,
    `${near.length > 0 ? `Did you mean ${near.join(' or ')}? ` : ''}The blocks are ${known.join(', ')}.`,
  );
};

const firstTrained = (blocks: readonly Block[], plan: FreezePlan): number => {
  const head = blocks.length - 1;
  switch (plan.kind) {
    case 'head-only':
      return head;
    case 'all':
      return 0;
    case 'last':
      if (!Number.isInteger(plan.count) || plan.count < 0 || plan.count > head) {
        throw planError(
          `Of ${head} blocks below the head, 0 to ${head} can train.`,
          String(plan.count),
          'Use unfreezeAll to train every block.',
        );
      }
      return head - plan.count;
    case 'from': {
      const index = blocks.findIndex(({ name }) => name === plan.block);
      if (index < 0) throw unknownBlock(plan.block, blocks);
      return index;
    }
  }
};

const requireLayerDecay = (decay: number): void => {
  if (decay > 0 && decay <= 1) return;
  throw planError(
    'A layer decay is a share above 0, at most 1.',
    String(decay),
    'To keep lower blocks as they are, freeze them.',
  );
};

/**
 * Finds where a freeze plan cuts a model. `blocks` are those of the whole model, the last one its head.
 * Throws `recipe-invalid` for an unknown block (offering the nearest names), a count out of range, or a learning
 * rate for a block that is frozen, a layer decay out of range.
 *
 * @example resolveFreezePlan(model.blocks, unfreezeFrom('block-13')).cut // 'block_12_add'
 */
export const resolveFreezePlan = (blocks: readonly Block[], plan: FreezePlan): ResolvedFreezePlan => {
  const first = firstTrained(blocks, plan);
  const trained = blocks.slice(first).map(({ name }) => name);
  for (const [name, rate] of Object.entries(plan.learningRates ?? {})) {
    if (!blocks.some((block) => block.name === name)) throw unknownBlock(name, blocks);
    if (!trained.includes(name)) {
      throw planError(
        'Only a block that trains has a learning rate.',
        `a rate for "${name}", which is frozen`,
        `Unfreeze it, or give rates for ${trained.join(', ')}.`,
      );
    }
    if (!(rate > 0 && rate < Infinity)) {
      throw planError(
        'A learning rate multiplier is a positive number.',
        `${rate} for "${name}"`,
        'To keep a block as it is, freeze it.',
      );
    }
  }
  const { layerDecay = 1 } = plan;
  requireLayerDecay(layerDecay);
  const rateOf = (name: string, index: number): number =>
    plan.learningRates?.[name] ?? layerDecay ** (trained.length - 1 - index);
  return {
    plan,
    frozen: blocks.slice(0, first).map(({ name }) => name),
    trained,
    cut: first === 0 ? blocks[0]!.nodes[0]! : blocks[first - 1]!.output,
    learningRates: Object.fromEntries(trained.map((name, index) => [name, rateOf(name, index)])),
  };
};
