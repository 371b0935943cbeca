import * as tf from '@tensorflow/tfjs';
import type { AmendedGradient } from './amended-gradient.js';

const passing = (kernelName: string, dy: tf.Tensor, y: tf.Tensor): tf.Tensor =>
  tf.engine().runKernel(kernelName, { dy, y });

const activation = (kernelName: string, gradient: string): AmendedGradient => ({
  kernelName,
  needs: [gradient],
  accepts: ([x]) => x!.dtype === 'float32',
  // An activation's input lies between 0 and 6 where its output does.
  gradients: (dy, [x]) => ({ x: () => passing(gradient, dy, x!) }),
});

/** Gradients of relu and relu6 as one pass over memory. */
export const activationGradients: readonly AmendedGradient[] = [
  activation('Relu', 'ReluGrad'),
  activation('Relu6', 'Relu6Grad'),
];

/** Gradients of those gradients, which second derivatives need. */
export const secondActivationGradients: readonly tf.GradConfig[] = ['ReluGrad', 'Relu6Grad'].map(
  (kernelName) => ({
    kernelName,
    inputsToSave: ['y'],
    gradFunc: (dy, [y]) => ({
      dy: () => passing(kernelName, dy as tf.Tensor, y!),
      y: () => tf.zerosLike(y!),
    }),
  }),
);
