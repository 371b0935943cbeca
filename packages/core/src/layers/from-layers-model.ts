import type * as tf from '@tensorflow/tfjs';
import type { KerasWeight } from '../formats/keras/keras-weights.js';
import { readKerasConfig } from '../formats/keras/read-keras-config.js';
import type { Network } from '../network/network.js';

const readWeights = (model: tf.LayersModel): KerasWeight[] =>
  model.weights.map((variable) => {
    const value = variable.read();
    return {
      name: variable.originalName,
      weight: { shape: value.shape, data: Float32Array.from(value.dataSync()) },
    };
  });

/**
 * A tfjs-layers model as a network, with a copy of its weights; the model stays usable. Layers the network has no
 * op for become opaque ones. Throws `weights-unsupported` for several inputs or outputs and unknown layers.
 *
 * @example fromLayersModel(await tf.loadLayersModel(url));
 */
export const fromLayersModel = (model: tf.LayersModel): Network =>
  readKerasConfig({ config: model.toJSON(null, false), weights: readWeights(model) }).network;
