import { type Model, predictProbabilities } from '@regraft/core';
import type { Store } from '@regraft/store';
import { type StartEngineOptions, startEngine } from '../engines/start-engine.js';
import type { ExtractionProgress, UnreadableImage } from '../features/extract-activations.js';
import { extractAtCut } from '../features/extract-at-cut.js';
import type { CacheCount } from '../runs/run-event.js';

export interface ClassifiedImages {
  /** Which of the images the rows belong to, in their order. */
  readonly images: readonly number[];
  /** `[images, labels]`, row-major. */
  readonly probabilities: Float32Array;
  readonly unreadable: readonly UnreadableImage[];
  readonly cache: CacheCount;
}

export interface ClassifyOptions {
  readonly engine?: StartEngineOptions | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExtractionProgress) => void) | undefined;
}

/** A model's probabilities for image files: the trunk's activations from the cache where they are, then the tail. */
export const classifyImages = async (
  store: Store,
  model: Model,
  images: readonly { readonly file: string; readonly sha256: string }[],
  { engine, signal, onProgress }: ClassifyOptions,
): Promise<ClassifiedImages> => {
  const extracted = await extractAtCut(store, model, { images, signal, onProgress });
  try {
    const { images: readable, source } = extracted.views[0]!;
    await startEngine(engine);
    const probabilities = await predictProbabilities(model, source, signal ? { signal } : {});
    const { hits, misses, unreadable } = extracted;
    return { images: readable, probabilities, unreadable, cache: { hits, misses } };
  } finally {
    await extracted.close();
  }
};
