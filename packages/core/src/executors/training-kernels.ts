import * as tf from '@tensorflow/tfjs';

/** Kernels that TensorFlow.js lacks and `@regraft/kernels` adds to a backend; each has a slower form in core. */
export type TrainingKernel =
  | 'AdamWStep'
  | 'FusedBatchNormTrain'
  | 'FusedBatchNormTrainGrad'
  | 'HardSwishGrad'
  | 'Relu6BiasGrad'
  | 'Relu6Grad'
  | 'ReluBiasGrad'
  | 'ReluGrad'
  | 'SgdMomentumStep'
  | 'SwishGrad';

/** Whether the current backend has a kernel of `@regraft/kernels`. */
export const hasKernel = (name: TrainingKernel): boolean => tf.getKernel(name, tf.getBackend()) !== undefined;

/** Runs a kernel of `@regraft/kernels` on the current backend; it has no gradient of its own. */
export const runKernel = (
  name: TrainingKernel,
  inputs: tf.NamedTensorMap,
  attributes: Readonly<Record<string, number>> = {},
): tf.Tensor[] => {
  const outputs = tf.engine().runKernel(name, inputs, attributes);
  return Array.isArray(outputs) ? outputs : [outputs as tf.Tensor];
};
