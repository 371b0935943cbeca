import * as tf from '@tensorflow/tfjs';
import type { NativeInputs, NativeKernel } from './native-kernel.js';

/** `parameters - learningRate * rates * (change + decays * parameters)` */
const descend = (
  { parameters, rates, decays }: NativeInputs,
  change: tf.Tensor,
  learningRate: number,
): tf.Tensor =>
  tf.sub(parameters!, tf.mul(tf.add(change, tf.mul(decays!, parameters!)), tf.mul(rates!, learningRate)));

/**
 * A step of gradient descent with momentum (PyTorch's form, without dampening) and decoupled decay, over all
 * parameters as vectors `[n]`: the parameters and the velocity after it.
 */
export const sgdMomentumStep: NativeKernel = {
  kernelName: 'SgdMomentumStep',
  compute: (inputs, { momentum, learningRate }) => {
    const velocity = tf.add(tf.mul(inputs.velocity!, momentum as number), inputs.gradient!);
    return [descend(inputs, velocity, learningRate as number), velocity];
  },
};

/**
 * A step of AdamW (Loshchilov and Hutter 2019), the first one being step 1, over all parameters as vectors `[n]`: the
 * parameters and both moving averages after it.
 */
export const adamWStep: NativeKernel = {
  kernelName: 'AdamWStep',
  compute: (inputs, attributes) => {
    const { beta1, beta2, epsilon, learningRate, step } = attributes as Readonly<Record<string, number>>;
    const { gradient } = inputs;
    const mean = tf.add(tf.mul(inputs.mean!, beta1!), tf.mul(gradient!, 1 - beta1!));
    const square = tf.add(tf.mul(inputs.square!, beta2!), tf.mul(tf.square(gradient!), 1 - beta2!));
    // Both corrections of the averages' bias, taken out of the division: fewer passes over the vectors.
    const correction = Math.sqrt(1 - beta2! ** step!);
    const change = tf.div(
      tf.mul(mean, correction / (1 - beta1! ** step!)),
      tf.add(tf.sqrt(square), epsilon! * correction),
    );
    return [descend(inputs, change, learningRate!), mean, square];
  },
};
