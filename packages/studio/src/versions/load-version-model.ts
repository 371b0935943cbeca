import {
  type Block,
  cutNetwork,
  findBlocks,
  type Model,
  type Network,
  readTfjsLayers,
  resolveFreezePlan,
} from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';
import { parseCard } from './parse-card.js';
import { type VersionCard, versionFiles } from './version-card.js';

/** A stored version, ready to be run or trained further. */
export interface VersionModel {
  readonly version: string;
  readonly card: VersionCard;
  readonly model: Model;
}

/** The backbone's blocks, which end in the pooled features, and the head above them. */
const blocksOf = (network: Network, card: VersionCard): Block[] => {
  const features = card.blocks.at(-2)!.output;
  const { trunk, tail } = cutNetwork(network, features);
  const nodes = tail.nodes.filter(({ op }) => op !== 'input').map(({ name }) => name);
  return [...findBlocks(trunk), { name: 'head', nodes, output: network.output }];
};

/** Reads a version's model from the same files that any TensorFlow.js program would load. */
export const loadVersionModel = async (store: Store, reference: string): Promise<VersionModel> => {
  const version = await store.versions.get(reference);
  const card = parseCard(version);
  const modelJson = await store.versions.readFile(version.id, versionFiles.model);
  const weights = await store.versions.readFile(version.id, versionFiles.weights);
  const { network } = readTfjsLayers(JSON.parse(new TextDecoder().decode(modelJson)), weights);
  const blocks = blocksOf(network, card);
  if (blocks.some(({ output }, index) => output !== card.blocks[index]?.output)) {
    throw new RegraftError({
      code: 'store-corrupt',
      message: `A version's network must have the blocks that its card names. Received: ${version.id} with ${blocks.map(({ name }) => name).join(', ')}`,
      hint: 'Verify the store with: regraft store check',
    });
  }
  const { labels, preprocessing, backbone, recipe } = card;
  const plan = resolveFreezePlan(blocks, recipe.freeze);
  return { version: version.id, card, model: { network, blocks, labels, preprocessing, plan, backbone } };
};
