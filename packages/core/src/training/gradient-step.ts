import * as tf from '@tensorflow/tfjs';
import type { TrainableExecutor } from '../executors/compile-trainable.js';
import { compileFunction, interpretFunction } from '../executors/compiled-function.js';
import type { TrainingBatch } from './batch-reader.js';
import { crossEntropy } from './cross-entropy.js';
import { freeingTape } from './freeing-tape.js';
import type { Optimiser } from './optimiser.js';
import type { ParameterVector } from './parameter-vector.js';

export interface StepOptions {
  readonly learningRate: number;
  /** Of dropout. */
  readonly seed: number;
}

/** A step of gradient descent, compiled where the backend can. */
export interface GradientStep {
  /** Steps on a batch; gives its loss and the logits it was computed from, `[n, classes]`. */
  run(batch: TrainingBatch, options: StepOptions): Promise<{ loss: number; logits: Float32Array }>;
  dispose(): void;
}

/** Scales a gradient down to a norm (Pascanu, Mikolov and Bengio 2013). */
const clip = (gradient: tf.Tensor1D, largest: number | null): tf.Tensor1D => {
  if (largest === null) return gradient;
  const norm = gradient.square().sum().sqrt();
  return gradient.mul(tf.minimum(tf.div(largest, norm.add(1e-6)), 1));
};

/** `gradientClip` is the largest norm of a gradient. */
export const createGradientStep = (
  executor: TrainableExecutor,
  vector: ParameterVector,
  optimiser: Optimiser,
  gradientClip: number | null,
): GradientStep => {
  const compute = ([inputs, targets, schedule, ...noise]: readonly tf.Tensor[]): tf.Tensor[] => {
    vector.scatter();
    let kept: tf.Tensor | undefined;
    const { value, grads } = freeingTape(() =>
      tf.variableGrads(() => {
        const output = executor.run(inputs!, { training: true, noise }) as tf.Tensor2D;
        kept = tf.keep(output.clone());
        return crossEntropy(output, targets as tf.Tensor2D);
      }, [...vector.variables]),
    );
    const gradient = clip(vector.flatten(grads), gradientClip);
    const parameters = vector.values as tf.Tensor as tf.Tensor1D;
    vector.values.assign(optimiser.update(parameters, gradient, schedule as tf.Tensor1D));
    const logits = kept!.clone();
    kept!.dispose();
    return [value, logits];
  };
  const step = executor.isCompilable
    ? compileFunction(compute, [vector.values, ...optimiser.slots, ...executor.statistics])
    : interpretFunction(compute);
  return {
    run: async ({ inputs, targets, labels }, { learningRate, seed }) => {
      const [value, logits] = tf.tidy(() =>
        step.run([
          tf.tensor(inputs, [labels.length, ...executor.inputShape]),
          tf.tensor2d(targets, [labels.length, executor.outputShape[0]!]),
          optimiser.beginStep(learningRate),
          ...executor.drawNoise(labels.length, seed),
        ]),
      );
      const read = {
        loss: (await value!.data())[0]!,
        logits: Float32Array.from(await logits!.data<'float32'>()),
      };
      tf.dispose([value!, logits!]);
      return read;
    },
    dispose: () => step.dispose(),
  };
};
