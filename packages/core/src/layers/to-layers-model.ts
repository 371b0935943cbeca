import * as tf from '@tensorflow/tfjs';
import { layersTopology } from '../formats/tfjs-layers/topology/layers-topology.js';
import type { Network } from '../network/network.js';
import { concatenateWeights, weightSpecs } from './layers-artifacts.js';

/**
 * A network as a plain `tf.LayersModel`, with the same outputs within 1e-5; from there on any tfjs code can
 * use it. Throws `weights-unsupported` for what no Keras layer can express.
 *
 * @example const model = await toLayersModel(network); model.predict(batch);
 */
export const toLayersModel = (network: Network): Promise<tf.LayersModel> => {
  const { config, weights } = layersTopology(network);
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: config,
      weightSpecs: weightSpecs(weights),
      weightData: concatenateWeights(weights).buffer,
    }),
  );
};
