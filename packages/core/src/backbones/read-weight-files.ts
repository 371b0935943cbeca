import type { ReadNetwork } from '../formats/read-network.js';
import { readNetworkFile } from '../formats/read-network-file.js';
import { readStateDictNetwork } from './read-state-dict-network.js';

/**
 * Reads weights in any known format, which their content tells: a whole network, or a state dict (`.pth`,
 * `.safetensors`, Keras h5 weights) of a known family. `files` are one file, those of a folder, or a zip of one.
 * Throws what `readNetworkFile` and `readStateDictNetwork` throw.
 *
 * @example const read = await readWeightFiles(new Map([['model.pth', bytes]]));
 */
export const readWeightFiles = async (files: ReadonlyMap<string, Uint8Array>): Promise<ReadNetwork> => {
  const read = await readNetworkFile(files);
  return read.kind === 'network' ? read : readStateDictNetwork(read.weights);
};
