import type { Model } from '@regraft/core';
import type { Store } from '@regraft/store';
import { type StartEngineOptions, startEngine } from '../engines/start-engine.js';
import type { CacheCount } from '../runs/run-event.js';
import type { ActivationSource, ExtractionProgress, UnreadableImage } from './extract-activations.js';
import { extractAtCut } from './extract-at-cut.js';

export interface ImageFile {
  readonly file: string;
  readonly sha256: string;
}

export interface RunOnImagesOptions {
  readonly engine?: StartEngineOptions | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExtractionProgress) => void) | undefined;
}

export interface RanOnImages<Result> {
  readonly result: Result;
  /** Which of the images it was given, in their order. */
  readonly images: readonly number[];
  readonly unreadable: readonly UnreadableImage[];
  readonly cache: CacheCount;
}

/** Brings image files to a model's cut, from the cache where it can, and hands the activations to the work above it. */
export const runOnImages = async <Result>(
  { store, model, images }: { store: Store; model: Model; images: readonly ImageFile[] },
  { engine, signal, onProgress }: RunOnImagesOptions,
  work: (activations: ActivationSource) => Promise<Result>,
): Promise<RanOnImages<Result>> => {
  const extracted = await extractAtCut(store, model, { images, signal, onProgress });
  try {
    const { images: readable, source } = extracted.views[0]!;
    await startEngine(engine);
    const { hits, misses, unreadable } = extracted;
    return { result: await work(source), images: readable, unreadable, cache: { hits, misses } };
  } finally {
    await extracted.close();
  }
};
