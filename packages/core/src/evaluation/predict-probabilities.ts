import type { Model } from '../grafting/model.js';
import { splitModel } from '../grafting/split-model.js';
import type { Network } from '../network/network.js';
import { computeAll } from '../training/activations.js';
import { drain } from '../training/drain.js';
import type { ExampleSource } from '../training/example-source.js';
import { holdsImages } from '../training/training-data.js';

export interface PredictOptions {
  /** Examples at a time; by default what two million input numbers allow, 256 at most. */
  readonly batchSize?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Takes how many examples are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

const selectNetwork = (target: Model | Network, examples: ExampleSource): Network => {
  if ('nodes' in target) return target;
  return holdsImages(target, examples) ? target.network : splitModel(target).tail;
};

/**
 * Probabilities `[n, classes]`, row-major, of examples: for a model images or activations cached at its cut, for a
 * network what it takes. Throws `data-invalid` for examples of another shape, `cancelled` when the signal is aborted.
 *
 * @example const probabilities = await predictProbabilities(model, images);
 */
export const predictProbabilities = async (
  target: Model | Network,
  examples: ExampleSource,
  { batchSize, signal, onProgress }: PredictOptions = {},
): Promise<Float32Array> => {
  const work = computeAll(selectNetwork(target, examples), examples, { batchSize, signal });
  return drain(work, (done) => onProgress?.(done, examples.size));
};
