import * as tf from '@tensorflow/tfjs';
import type { TrainableExecutor } from '../executors/compile-trainable.js';
import type { TrainingBatch } from './batch-reader.js';
import { crossEntropy } from './cross-entropy.js';
import type { Optimiser } from './optimiser.js';
import type { ParameterVector } from './parameter-vector.js';

export interface StepOptions {
  readonly learningRate: number;
  readonly gradientClip: number | null;
  /** Of dropout. */
  readonly seed: number;
}

/** Scales a gradient down to a norm (Pascanu, Mikolov and Bengio 2013). */
const clip = (gradient: tf.Tensor1D, largest: number | null): tf.Tensor1D => {
  if (largest === null) return gradient;
  const norm = gradient.square().sum().sqrt();
  return gradient.mul(tf.minimum(tf.div(largest, norm.add(1e-6)), 1));
};

/** One step of gradient descent on a batch; gives its loss and the logits it was computed from, `[n, classes]`. */
export const gradientStep = async (
  executor: TrainableExecutor,
  vector: ParameterVector,
  optimiser: Optimiser,
  { inputs, targets, labels }: TrainingBatch,
  { learningRate, gradientClip, seed }: StepOptions,
): Promise<{ loss: number; logits: Float32Array }> => {
  const [value, logits] = tf.tidy(() => {
    const batch = tf.tensor(inputs, [labels.length, ...executor.inputShape]);
    const rows = tf.tensor2d(targets, [labels.length, executor.outputShape[0]!]);
    let seen: tf.Tensor | undefined;
    const { value: loss, grads } = tf.variableGrads(() => {
      const output = executor.run(batch, { training: true, seed }) as tf.Tensor2D;
      seen = tf.keep(output.clone());
      return crossEntropy(output, rows);
    }, [...vector.variables]);
    const gradient = clip(vector.flatten(grads), gradientClip);
    vector.assign(optimiser.update(vector.values(), gradient, learningRate));
    return [loss, seen!];
  });
  const read = {
    loss: (await value.data())[0]!,
    logits: Float32Array.from(await logits.data<'float32'>()),
  };
  tf.dispose([value, logits]);
  return read;
};
