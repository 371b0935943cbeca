import { findBlocks, type Block, type Network, readTfjsLayers } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';
import { parseCard } from './parse-card.js';
import { type VersionCard, versionFiles } from './version-card.js';

/** A stored version, ready to be run or trained further. */
export interface VersionModel {
  readonly version: string;
  readonly card: VersionCard;
  /** Whole: from the image to probabilities. */
  readonly network: Network;
  /** The backbone's blocks, then `head`. */
  readonly blocks: readonly Block[];
}

/** Reads a version's network from the same files that any TensorFlow.js program would load. */
export const loadVersionModel = async (store: Store, reference: string): Promise<VersionModel> => {
  const version = await store.versions.get(reference);
  const card = parseCard(version);
  const model = await store.versions.readFile(version.id, versionFiles.model);
  const weights = await store.versions.readFile(version.id, versionFiles.weights);
  const { network } = readTfjsLayers(JSON.parse(new TextDecoder().decode(model)), weights);
  const blocks = findBlocks(network);
  if (blocks.at(-1)?.name !== 'head' || !blocks.some(({ output }) => output === card.cut)) {
    throw new RegraftError({
      code: 'store-corrupt',
      message: `A version's network must have the blocks that its card names. Received: ${version.id} without ${card.cut}`,
      hint: 'Verify the store with: regraft store check',
    });
  }
  return { version: version.id, card, network, blocks };
};
