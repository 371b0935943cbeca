import * as tf from '@tensorflow/tfjs';
import { seededValues } from './seeded-values.js';

/** Gives every weight of a tfjs-layers model seeded values as training might leave them. */
export const randomiseWeights = (model: tf.LayersModel, seed: number): tf.LayersModel => {
  tf.tidy(() =>
    model.setWeights(
      model.weights.map(({ originalName, shape }, index) => {
        const isScale = /gamma|variance/.test(originalName);
        const values = seededValues(
          tf.util.sizeFromShape(shape as number[]),
          seed + index,
          isScale ? 0.5 : -0.7,
          isScale ? 2 : 0.7,
        );
        return tf.tensor(values, shape as number[]);
      }),
    ),
  );
  return model;
};

/** A model's output for a batch of images given as flat values. */
export const runModel = (model: tf.LayersModel, values: Float32Array): Float32Array =>
  tf.tidy(() => {
    const shape = (model.inputs[0]!.shape as number[]).slice(1);
    const batch = tf.tensor(values, [values.length / tf.util.sizeFromShape(shape), ...shape]);
    return Float32Array.from((model.predict(batch) as tf.Tensor).dataSync());
  });
