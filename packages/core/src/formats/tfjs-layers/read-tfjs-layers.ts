import { readKerasConfig } from '../keras/read-keras-config.js';
import type { ReadNetwork } from '../read-network.js';
import { decodeWeights } from './decode-weights.js';
import { parseModelJson } from './model-json.js';
import { restoreNetwork } from './restore-network.js';

const textOrUndefined = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/**
 * Reads a TensorFlow.js layers model: the parsed model.json, and its weight shards concatenated in the
 * order the manifest lists them. Quantised weights (uint8, uint16, float16) become float32. What
 * `layersArtifacts` wrote comes back as the network it was. Throws `weights-unsupported` for graph models
 * and unknown layers, `weights-unreadable` for cut-off files.
 *
 * @example readTfjsLayers(JSON.parse(text), new Uint8Array(buffer)).network;
 */
export const readTfjsLayers = (modelJson: unknown, weightData: ArrayBuffer | Uint8Array): ReadNetwork => {
  const { modelTopology, regraft, weightsManifest } = parseModelJson(modelJson);
  const data = weightData instanceof Uint8Array ? weightData : new Uint8Array(weightData);
  const weights = decodeWeights(
    weightsManifest.flatMap((group) => group.weights),
    data,
  );
  const restored = restoreNetwork(regraft, modelTopology, weights);
  if (restored !== undefined) return { network: restored, warnings: [] };
  const { network, warnings } = readKerasConfig({
    config: modelTopology.model_config ?? modelTopology,
    weights,
    kerasVersion: textOrUndefined(modelTopology.keras_version),
  });
  const changed = 'The layers were changed after Regraft wrote the file; they are read as they stand.';
  return { network, warnings: regraft === undefined ? warnings : [changed, ...warnings] };
};
