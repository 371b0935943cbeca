import * as tf from '@tensorflow/tfjs';
import { hashText } from '../grafting/hash-text.js';
import type { Model } from '../grafting/model.js';
import { hashNetwork } from '../network/hash-network.js';
import type { CheckedData } from './training-data.js';
import type { TrainingOptions } from './training-options.js';
import type { Fingerprint } from './training-state.js';

/** What tells a training from any other: a checkpoint goes on only with the same. */
export const fingerprintOf = async (
  model: Model,
  { views, labels, validation, holdsImages }: CheckedData,
  options: TrainingOptions,
): Promise<Fingerprint> => {
  const { blocks, labels: names, plan } = model;
  const data = {
    holdsImages,
    views: views.length,
    labels: [...labels],
    validation: validation && [...validation.labels],
  };
  return {
    options: await hashText(JSON.stringify(options)),
    model: await hashText(JSON.stringify([await hashNetwork(model.network), blocks, names, plan])),
    data: await hashText(JSON.stringify(data)),
    engine: tf.getBackend(),
  };
};
