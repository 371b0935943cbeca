import { applyTemperature, type Model, predictProbabilities } from '@regraft/core';
import type { Store } from '@regraft/store';
import type { UnreadableImage } from '../features/extract-activations.js';
import { type ImageFile, type RunOnImagesOptions, runOnImages } from '../features/run-on-images.js';
import type { CacheCount } from '../runs/run-event.js';

export interface ClassifiedImages {
  /** Which of the images the rows belong to, in their order. */
  readonly images: readonly number[];
  /** `[images, labels]`, row-major. */
  readonly probabilities: Float32Array;
  readonly unreadable: readonly UnreadableImage[];
  readonly cache: CacheCount;
}

export interface ClassifyOptions extends RunOnImagesOptions {
  /** What the model's probabilities are calibrated by: see `temperatureOf`. 1 unless told. */
  readonly temperature?: number | undefined;
}

/** A model's probabilities for image files: the trunk's activations from the cache where they are, then the tail. */
export const classifyImages = async (
  store: Store,
  model: Model,
  images: readonly ImageFile[],
  { temperature = 1, ...options }: ClassifyOptions,
): Promise<ClassifiedImages> => {
  const { result, ...ran } = await runOnImages({ store, model, images }, options, (activations) =>
    predictProbabilities(model, activations, { signal: options.signal }),
  );
  return { ...ran, probabilities: applyTemperature(result, model.labels.length, temperature) };
};
