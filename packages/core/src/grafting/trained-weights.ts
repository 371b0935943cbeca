import { nodeWeights } from '../network/node-weights.js';
import type { Model } from './model.js';

/** How batch-norm of the blocks that train behaves: by its stored statistics, or by the batch's. */
export type BatchNormMode = 'inference' | 'train';

interface PlannedWeights {
  /** Multiplier of the learning rate by the name of each weight that a gradient moves. */
  readonly learningRates: ReadonlyMap<string, number>;
  /** Names of the weights that never change, in the network's order. */
  readonly frozen: readonly string[];
}

/**
 * Which of a model's weights its freeze plan trains and which stay. Moving statistics stay, those of trained blocks
 * too unless `batchNorm` is `train`; a weight that a frozen block shares stays as well.
 */
export const plannedWeights = (
  { network, blocks, plan }: Pick<Model, 'network' | 'blocks' | 'plan'>,
  batchNorm: BatchNormMode = 'inference',
): PlannedWeights => {
  const blockOf = new Map(blocks.flatMap(({ name, nodes }) => nodes.map((node) => [node, name] as const)));
  const learningRates = new Map<string, number>();
  const moving = new Set<string>();
  const shared = new Set<string>();
  for (const node of network.nodes) {
    const rate = plan.learningRates[blockOf.get(node.name) ?? ''];
    for (const { name, trainable } of nodeWeights(node)) {
      if (rate === undefined) shared.add(name);
      else if (trainable) learningRates.set(name, rate);
      else moving.add(name);
    }
  }
  for (const name of shared) learningRates.delete(name);
  const frozen = [...network.weights.keys()].filter(
    (name) => !learningRates.has(name) && !(batchNorm === 'train' && moving.has(name) && !shared.has(name)),
  );
  return { learningRates, frozen };
};
