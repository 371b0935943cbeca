import { keepHead, type Model, regraft } from '@regraft/core';
import type { Store } from '@regraft/store';
import type { Manifest, ManifestImage } from '../data/manifest.js';
import { imageFile } from '../data/manifest-path.js';
import { extractAtCut } from '../features/extract-at-cut.js';
import type { PhaseProgress } from '../runs/phase-clock.js';

/** New images as a version's backbone sees them. */
export interface ViewedImages {
  readonly images: readonly ManifestImage[];
  /** `[n, width]`, pooled features in the order of the images. */
  readonly values: Float32Array;
  readonly width: number;
}

/** Of many more images the rest tell little that is new, while time and memory grow with them. */
const mostImages = 5000;

/** A model with everything frozen but its head, so that the cut is at its features. */
export const atFeatures = (model: Model): Model =>
  regraft(model, { head: keepHead(model.labels), freeze: { kind: 'head-only' } });

/**
 * The features of a manifest's images, but for those left out: 5,000 at most, of any split. Where some are to train on,
 * deeper fine-tunes may follow, so that rows for them are kept on the way.
 */
export const viewImages = async (
  store: Store,
  model: Model,
  { manifest, leftOut }: { readonly manifest: Manifest; readonly leftOut: ReadonlySet<string> },
  { signal, report }: { signal: AbortSignal; report: (progress: PhaseProgress) => void },
): Promise<ViewedImages> => {
  const images = manifest.images.filter(({ sha256 }) => !leftOut.has(sha256)).slice(0, mostImages);
  const extracted = await extractAtCut(store, atFeatures(model), {
    images: images.map((image) => ({ file: imageFile(manifest, image), sha256: image.sha256 })),
    keepStations: images.some(({ split }) => split === 'train'),
    signal,
    onProgress: ({ done, total, hits, misses }) => report({ done, total, cache: { hits, misses } }),
  });
  try {
    const { source, images: readable } = extracted.views[0]!;
    const width = source.shape[0]!;
    const values = new Float32Array(source.size * width);
    await source.read([...readable.keys()], values);
    return { images: readable.map((index) => images[index]!), values, width };
  } finally {
    await extracted.close();
  }
};
