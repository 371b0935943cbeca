import { layersArtifacts, type Model } from '@regraft/core';
import type { Store } from '@regraft/store';
import { type VersionCard, versionCardSchema, versionFiles } from '../versions/version-card.js';
import { verifyArtifacts } from './verify-artifacts.js';

/** Stores a trained model as a version: the tfjs files and its card; the answer is its id. */
export const saveVersion = async (store: Store, model: Model, card: VersionCard): Promise<string> => {
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
    },
    card: versionCardSchema.parse(card),
    metrics: card.metrics,
  });
  return id;
};
