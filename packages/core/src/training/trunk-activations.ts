import type { Model } from '../grafting/model.js';
import { splitModel } from '../grafting/split-model.js';
import { inferShapes } from '../network/infer-shapes.js';
import { type ComputeOptions, computeAll } from './activations.js';
import { drain } from './drain.js';
import { type ExampleSource, examplesFromArray } from './example-source.js';

export interface TrunkActivationsOptions extends ComputeOptions {
  /** Takes how many images are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Runs images through a model's frozen trunk, once, and holds in memory what leaves it at the cut; `train`, `evaluate`
 * and `predictProbabilities` take that in the images' place, for every model with the same trunk. Throws `cancelled`.
 *
 * @example const activations = await trunkActivations(model, images);
 */
export const trunkActivations = async (
  model: Model,
  images: ExampleSource,
  { onProgress, ...options }: TrunkActivationsOptions = {},
): Promise<ExampleSource> => {
  const { trunk } = splitModel(model);
  const computed = computeAll(trunk, images, options);
  const values = await drain(computed, (done) => onProgress?.(done, images.size));
  return examplesFromArray(values, inferShapes(trunk).get(trunk.output)!);
};
