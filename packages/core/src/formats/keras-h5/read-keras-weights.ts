import type { Weight } from '../../network/network.js';
import { mismatched } from '../format-errors.js';
import { type KerasH5File, readKerasH5File } from './keras-h5-file.js';

/** The weights of a Keras .h5 file by name; throws `weights-mismatch` where two share one. */
export const weightsOfKerasH5 = ({ weights }: KerasH5File): ReadonlyMap<string, Weight> => {
  const named = new Map<string, Weight>();
  for (const { name, weight } of weights) {
    if (named.has(name)) throw mismatched(`Weight names must be unique in a file. Received: "${name}" twice`);
    named.set(name, weight);
  }
  return named;
};

/**
 * The weights of a Keras .h5 file, whole model or weights only, under the names Keras gives them without `:0`:
 * `conv1/kernel`, `conv1_bn/moving_mean`. A family fills itself with them.
 *
 * @example const weights = await readKerasWeights(bytes);
 */
export const readKerasWeights = async (bytes: Uint8Array): Promise<ReadonlyMap<string, Weight>> =>
  weightsOfKerasH5(await readKerasH5File(bytes));
