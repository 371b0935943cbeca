import {
  type LayersTopology,
  type LayersWeight,
  layersTopology,
} from '../formats/tfjs-layers/topology/layers-topology.js';
import type { Network } from '../network/network.js';

/** The two files of a stored model. */
export interface LayersArtifacts {
  /** The text of model.json. */
  readonly modelJson: string;
  /** The bytes of weights.bin, which model.json names. */
  readonly weights: Uint8Array;
}

/** tfjs's description of each weight in a manifest. */
export const weightSpecs = (weights: readonly LayersWeight[]) =>
  weights.map(({ fileName, weight }) => ({
    name: fileName,
    shape: [...weight.shape],
    dtype: 'float32' as const,
  }));

/** The values of all weights one after another, little-endian float32. */
export const concatenateWeights = (weights: readonly LayersWeight[]): Uint8Array<ArrayBuffer> => {
  const bytes = weights.reduce((sum, { weight }) => sum + weight.data.byteLength, 0);
  const whole = new Uint8Array(bytes);
  let offset = 0;
  for (const { weight } of weights) {
    const { buffer, byteLength, byteOffset } = weight.data;
    whole.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  return whole;
};

const ownEntry = ({ name, nodes, output }: Network, { weights }: LayersTopology) => ({
  name,
  nodes,
  output,
  weights: Object.fromEntries(
    weights.flatMap(({ fileName, name: weightName }) =>
      weightName === undefined ? [] : [[fileName, weightName]],
    ),
  ),
});

/**
 * A network as files that plain `tf.loadLayersModel` reads, with the same outputs within 1e-5. model.json also
 * carries the network itself, which tfjs ignores and `readTfjsLayers` gives back node for node and byte for byte.
 * Throws `weights-unsupported` for what no Keras layer can express.
 *
 * @example const { modelJson, weights } = layersArtifacts(network);
 */
export const layersArtifacts = (network: Network): LayersArtifacts => {
  const topology = layersTopology(network);
  const modelJson = JSON.stringify({
    format: 'layers-model',
    generatedBy: 'Regraft',
    convertedBy: null,
    modelTopology: { ...topology.config, keras_version: 'tfjs-layers 4.22.0', backend: 'tensor_flow.js' },
    weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs(topology.weights) }],
    regraft: ownEntry(network, topology),
  });
  return { modelJson, weights: concatenateWeights(topology.weights) };
};
