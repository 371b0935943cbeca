import {
  cutNetwork,
  type ExampleSource,
  examplesFromArray,
  indexLabels,
  type Model,
  predictProbabilities,
  splitModel,
} from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';
import type { Manifest, Split } from '../data/manifest.js';
import { imageFile } from '../data/manifest-path.js';
import { type StartEngineOptions, startEngine } from '../engines/start-engine.js';
import { extractAtCut } from '../features/extract-at-cut.js';

/** The images of a version's data set as the version sees them, those left out that can't be read. */
export interface InspectedData {
  readonly labels: readonly string[];
  readonly images: readonly {
    readonly file: string;
    readonly sha256: string;
    readonly split: Split;
    /** Index into the labels. */
    readonly label: number;
  }[];
  /** Pooled, `[images, columns]`. */
  readonly features: Float32Array;
  readonly columns: number;
  /** `[images, labels]` */
  readonly probabilities: Float32Array;
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
}

export interface ReadOptions {
  readonly engine?: StartEngineOptions | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

const readAll = async (source: ExampleSource): Promise<Float32Array> => {
  const values = new Float32Array(source.size * source.shape.reduce((size, length) => size * length, 1));
  await source.read([...Array(source.size).keys()], values);
  return values;
};

/** Pooled features of activations at the cut: themselves where the cut is above the pool. */
const poolFeatures = async (
  model: Model,
  source: ExampleSource,
  signal: AbortSignal | undefined,
): Promise<Float32Array> => {
  const { tail, cut } = splitModel(model);
  const pooled = model.blocks.at(-2)!.output;
  if (cut === pooled) return readAll(source);
  return predictProbabilities(cutNetwork(tail, pooled).trunk, source, { signal });
};

const requireImages = (
  { root, images }: Manifest,
  unreadable: InspectedData['unreadable'],
  readable: number,
): void => {
  if (readable > 0) return;
  throw new RegraftError({
    code: 'data-not-found',
    message: `A model is inspected on the images that it was trained and measured on. Received: none of ${images.length} in ${root} (${unreadable[0]?.reason ?? 'there are none'})`,
    hint: 'Put the images back to where they were, or train on them where they are now with: regraft fit',
    details: { root },
  });
};

/**
 * Brings every image of a manifest to the version's pooled features and probabilities, from the cache where it can.
 *
 * @throws RegraftError `data-not-found` where no image can be read, `cancelled`
 */
export const readInspectedData = async (
  store: Store,
  model: Model,
  manifest: Manifest,
  { engine, signal, onProgress }: ReadOptions,
): Promise<InspectedData> => {
  const files = manifest.images.map((image) => imageFile(manifest, image));
  const extracted = await extractAtCut(store, model, {
    images: manifest.images.map(({ sha256 }, index) => ({ file: files[index]!, sha256 })),
    signal,
    onProgress,
  });
  try {
    const { images: readable, source } = extracted.views[0]!;
    const unreadable = extracted.unreadable.map(({ index, reason }) => ({ file: files[index]!, reason }));
    requireImages(manifest, unreadable, readable.length);
    const ofImages = readable.map((index) => manifest.images[index]!);
    const labels = indexLabels(
      model.labels,
      ofImages.map(({ label }) => manifest.labels[label]!),
    );
    await startEngine(engine);
    const features = await poolFeatures(model, source, signal);
    const columns = features.length / readable.length;
    const head = cutNetwork(model.network, model.blocks.at(-2)!.output).tail;
    return {
      labels: model.labels,
      images: ofImages.map(({ sha256, split }, row) => ({
        file: files[readable[row]!]!,
        sha256,
        split,
        label: labels[row]!,
      })),
      features,
      columns,
      probabilities: await predictProbabilities(head, examplesFromArray(features, [columns]), { signal }),
      unreadable,
    };
  } finally {
    await extracted.close();
  }
};
