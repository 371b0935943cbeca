import { hashWeight } from '../network/hash-network.js';
import type { Network } from '../network/network.js';
import { hashText } from './hash-text.js';
import type { Model } from './model.js';
import { type BatchNormMode, plannedWeights } from './trained-weights.js';

/** Evidence that what a freeze plan froze stayed byte-equal. */
export interface FreezeProof {
  /** How many tensors are frozen, batch-norm statistics among them. */
  readonly tensors: number;
  /** Sha256, in hex, over the names and hashes of the frozen tensors before and after training. */
  readonly before: string;
  readonly after: string;
  readonly equal: boolean;
  /** Sha256 of each frozen tensor before training. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Names of the frozen tensors that differ or are gone afterwards. */
  readonly changed: readonly string[];
}

const hashAll = async (network: Network, names: readonly string[]): Promise<Record<string, string>> => {
  const hashes: Record<string, string> = {};
  for (const name of names) {
    const weight = network.weights.get(name);
    hashes[name] = weight === undefined ? 'missing' : await hashWeight(weight);
  }
  return hashes;
};

/**
 * Compares every tensor that the model's plan froze with the same tensor of the network after training. Batch-norm
 * statistics of trained blocks count as frozen unless they were trained with `batchNorm: 'train'`.
 *
 * @example
 * const proof = await freezeProof(model, result.model.network);
 * if (!proof.equal) throw new Error(proof.changed.join());
 */
export const freezeProof = async (
  before: Pick<Model, 'network' | 'blocks' | 'plan'>,
  after: Network,
  batchNorm: BatchNormMode = 'inference',
): Promise<FreezeProof> => {
  const names = [...plannedWeights(before, batchNorm).frozen].sort();
  const hashes = await hashAll(before.network, names);
  const hashesAfter = await hashAll(after, names);
  const [first, second] = await Promise.all(
    [hashes, hashesAfter].map((entry) => hashText(JSON.stringify(entry))),
  );
  return {
    tensors: names.length,
    before: first!,
    after: second!,
    equal: first === second,
    hashes,
    changed: names.filter((name) => hashes[name] !== hashesAfter[name]),
  };
};
