import { readPytorchStateDict } from '../formats/pytorch/read-pytorch-state-dict.js';
import type { ReadNetwork } from '../formats/read-network.js';
import { readSafetensors } from '../formats/safetensors/read-safetensors.js';
import { readTflite } from '../formats/tflite/read-tflite.js';
import type { WeightReader } from './backbone-spec.js';
import { readStateDictNetwork } from './read-state-dict-network.js';
import { readWeightFiles } from './read-weight-files.js';

/** Reads the bytes of a file in the way that its spec says. */
export const readWeights = async (
  name: string,
  bytes: Uint8Array,
  reader: WeightReader,
): Promise<ReadNetwork> => {
  switch (reader.format) {
    case 'tflite':
      return readTflite(bytes, reader);
    case 'pytorch':
      return readStateDictNetwork(readPytorchStateDict(bytes), reader);
    case 'safetensors':
      return readStateDictNetwork(readSafetensors(bytes), reader);
    case 'any':
      return readWeightFiles(new Map([[name, bytes]]));
  }
};
