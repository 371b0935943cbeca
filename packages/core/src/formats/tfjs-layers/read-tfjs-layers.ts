import { readKerasConfig } from '../keras/read-keras-config.js';
import type { ReadNetwork } from '../read-network.js';
import { decodeWeights } from './decode-weights.js';
import { parseModelJson } from './model-json.js';

const stringOrUndefined = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/**
 * Reads a TensorFlow.js layers model: the parsed model.json, and its weight shards concatenated in the
 * order the manifest lists them. Quantised weights (uint8, uint16, float16) become float32.
 * Throws `weights-unsupported` for graph models and unknown layers, `weights-unreadable` for cut-off files.
 *
 * @example readTfjsLayers(JSON.parse(text), new Uint8Array(buffer)).network;
 */
export const readTfjsLayers = (modelJson: unknown, weightData: ArrayBuffer | Uint8Array): ReadNetwork => {
  const { modelTopology, weightsManifest } = parseModelJson(modelJson);
  const data = weightData instanceof Uint8Array ? weightData : new Uint8Array(weightData);
  const entries = weightsManifest.flatMap(({ weights }) => weights);
  return readKerasConfig({
    config: modelTopology.model_config ?? modelTopology,
    weights: decodeWeights(entries, data),
    kerasVersion: stringOrUndefined(modelTopology.keras_version),
  });
};
