import { indexLabels, type Model } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';
import { type Manifest, manifestSchema, type Split } from '../data/manifest.js';
import { imageFile } from '../data/manifest-path.js';
import { startEngine } from '../engines/start-engine.js';
import { extractAtCut } from '../features/extract-at-cut.js';
import { featureSet, sampleKept } from './feature-set.js';
import { loadVersionModel } from './load-version-model.js';
import type { FeatureSet, KeptFeatures, LoadFeaturesOptions } from './version-features.js';

const gone = (version: string, cause?: unknown): RegraftError =>
  new RegraftError({
    code: 'data-not-found',
    message: `The features that a version was trained on are kept with it, or computed from its images. Received: ${version}, which has neither any more`,
    hint: 'Put the images back where they were, or train the version again on those you have.',
    cause,
  });

const readManifest = async (store: Store, dataset: number, version: string): Promise<Manifest> => {
  try {
    const { manifest } = await store.datasets.get(dataset);
    return manifestSchema.parse(JSON.parse(new TextDecoder().decode(await store.blobs.get(manifest))));
  } catch (error) {
    if (RegraftError.isInstance(error) && error.code === 'record-not-found') throw gone(version, error);
    throw error;
  }
};

interface SplitRequest {
  readonly store: Store;
  readonly model: Model;
  readonly manifest: Manifest;
  readonly split: Split;
  readonly seed: number;
  readonly signal: AbortSignal | undefined;
}

/** Features of a split's images, as far as their activations are cached or their files are there; null without any. */
const computeSplit = async ({ store, model, manifest, split, seed, signal }: SplitRequest) => {
  const images = manifest.images.filter((image) => image.split === split);
  if (images.length === 0) return null;
  const labels = indexLabels(
    model.labels,
    images.map(({ label }) => manifest.labels[label]!),
  );
  const chosen = sampleKept(labels, model.labels.length, seed).map((index) => ({
    file: imageFile(manifest, images[index]!),
    sha256: images[index]!.sha256,
    label: labels[index]!,
  }));
  const extracted = await extractAtCut(store, model, { images: chosen, signal });
  try {
    const { images: readable, source } = extracted.views[0]!;
    if (readable.length === 0) return null;
    const examples = {
      examples: source,
      labels: readable.map((index) => chosen[index]!.label),
      images: readable.map((index) => chosen[index]!),
    };
    return await featureSet(model, examples, [...readable.keys()], signal);
  } finally {
    await extracted.close();
  }
};

/** Computes a version's features from the list of its images, through the cache of activations where that has them. */
export const recomputeFeatures = async (
  store: Store,
  version: string,
  { engine, signal }: LoadFeaturesOptions,
): Promise<KeptFeatures> => {
  const { card, model } = await loadVersionModel(store, version);
  const manifest = await readManifest(store, card.dataset, version);
  const { seed } = card.recipe;
  await startEngine(engine);
  const ofSplit = (split: Split): Promise<FeatureSet | null> =>
    computeSplit({ store, model, manifest, split, seed, signal });
  const training = await ofSplit('train');
  if (training === null) throw gone(version);
  return {
    width: training.values.length / training.labels.length,
    training,
    validation: await ofSplit('validation'),
  };
};
