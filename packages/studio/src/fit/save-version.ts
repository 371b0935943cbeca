import { layersArtifacts, type Model } from '@regraft/core';
import type { Store } from '@regraft/store';
import { writeFeaturesFile } from '../versions/features-file.js';
import { type VersionCard, versionCardSchema, versionFiles } from '../versions/version-card.js';
import type { KeptFeatures } from '../versions/version-features.js';
import { verifyArtifacts } from './verify-artifacts.js';

export interface NewVersion {
  readonly model: Model;
  readonly features: KeptFeatures;
  readonly card: VersionCard;
}

/** Stores a trained model as a version: the tfjs files, its features and its card; the answer is its id. */
export const saveVersion = async (store: Store, { model, features, card }: NewVersion): Promise<string> => {
  const artifacts = layersArtifacts(model.network);
  await verifyArtifacts(model.network, artifacts);
  const { id } = await store.versions.create({
    ...(card.name === null ? {} : { name: card.name }),
    ...(card.parent === null ? {} : { parent: card.parent }),
    runId: card.run,
    labels: card.labels,
    files: {
      [versionFiles.model]: new TextEncoder().encode(artifacts.modelJson),
      [versionFiles.weights]: artifacts.weights,
      [versionFiles.features]: writeFeaturesFile(features),
    },
    card: versionCardSchema.parse(card),
    metrics: card.metrics,
  });
  return id;
};
