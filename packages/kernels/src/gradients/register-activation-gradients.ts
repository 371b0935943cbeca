import * as tf from '@tensorflow/tfjs';
import { activationGradients, secondActivationGradients } from './activation-gradients.js';
import { registerAmendedGradient } from './register-amended-gradient.js';

/** Has tfjs's relu and relu6 use the gradient kernels of backends that have them. */
export const registerActivationGradients = (): void => {
  for (const gradient of activationGradients) registerAmendedGradient(gradient);
  for (const gradient of secondActivationGradients) {
    if (tf.getGradient(gradient.kernelName) === undefined) tf.registerGradient(gradient);
  }
};
