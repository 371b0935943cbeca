import { separateHead } from '../grafting/graft.js';
import type { Model } from '../grafting/model.js';
import { cutNetwork } from '../network/cut-network.js';
import { type ComputeOptions, computeAll } from './activations.js';
import { drain } from './drain.js';
import type { ExampleSource } from './example-source.js';
import { holdsImages } from './training-data.js';

/**
 * What a model's head sees of examples: `[n, channels]`, row-major, from the backbone with the weights it has now. The
 * examples are images, or activations at the model's cut; where only the head trains those are the features already.
 * Throws `data-invalid` for examples of another shape, `cancelled`.
 *
 * @example const features = await pooledFeatures(model, activations);
 */
export const pooledFeatures = async (
  model: Model,
  examples: ExampleSource,
  options: ComputeOptions = {},
): Promise<Float32Array> => {
  const { features } = separateHead(model);
  const network = holdsImages(model, examples) ? features : cutNetwork(features, model.plan.cut).tail;
  return drain(computeAll(network, examples, options), () => undefined);
};
