import { findBlocks, type Model, readTfjsLayers, resolveFreezePlan } from '@regraft/core';
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

/** Reads a version's model from the same files that any TensorFlow.js program would load. */
export const loadVersionModel = async (store: Store, reference: string): Promise<VersionModel> => {
  const version = await store.versions.get(reference);
  const card = parseCard(version);
  const modelJson = await store.versions.readFile(version.id, versionFiles.model);
  const weights = await store.versions.readFile(version.id, versionFiles.weights);
  const { network } = readTfjsLayers(JSON.parse(new TextDecoder().decode(modelJson)), weights);
  const blocks = findBlocks(network);
  if (
    blocks.length !== card.blocks.length ||
    blocks.some(({ name }, index) => name !== card.blocks[index]!.name)
  ) {
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
