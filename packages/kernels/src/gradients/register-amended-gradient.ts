import * as tf from '@tensorflow/tfjs';
import type { AmendedGradient } from './amended-gradient.js';

const ours = new WeakSet<tf.GradConfig>();

const backendHas = (kernelName: string): boolean => tf.getKernel(kernelName, tf.getBackend()) !== undefined;

/** Puts a gradient in front of tfjs's own, which still serves backends without the kernels it needs. */
export const registerAmendedGradient = ({ kernelName, needs, accepts, gradients }: AmendedGradient): void => {
  const own = tf.getGradient(kernelName);
  if (own === undefined || ours.has(own)) return;
  const config: tf.GradConfig = {
    ...own,
    gradFunc: (dy, saved, attributes) =>
      needs.every(backendHas) && (accepts?.(saved, attributes) ?? true)
        ? gradients(dy as tf.Tensor, saved, attributes)
        : own.gradFunc(dy, saved, attributes),
  };
  ours.add(config);
  tf.unregisterGradient(kernelName);
  tf.registerGradient(config);
};
