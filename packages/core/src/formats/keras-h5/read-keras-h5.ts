import { unsupported } from '../format-errors.js';
import { readKerasConfig } from '../keras/read-keras-config.js';
import { parseJson } from '../parse-json.js';
import type { ReadNetwork } from '../read-network.js';
import { type KerasH5File, readKerasH5File } from './keras-h5-file.js';

/** Makes a network of what a Keras .h5 file holds; throws `weights-unsupported` where that is weights only. */
export const networkOfKerasH5 = ({ config, kerasVersion, weights }: KerasH5File): ReadNetwork => {
  if (config === undefined) {
    throw unsupported(
      'A Keras .h5 file must hold a model to be read alone. Received: a file of weights only',
      'Name the family these weights belong to, such as mobilenet-v1, or save the whole model.',
    );
  }
  return readKerasConfig({ config: parseJson(config, 'model_config'), weights, kerasVersion });
};

/**
 * Reads a whole model that Keras 2 or 3 saved as .h5. Throws `weights-unsupported` for files of weights only
 * (see `readKerasWeights`) and unknown layers, `weights-unreadable` for broken files.
 *
 * @example (await readKerasH5(bytes)).network;
 */
export const readKerasH5 = async (bytes: Uint8Array): Promise<ReadNetwork> =>
  networkOfKerasH5(await readKerasH5File(bytes));
