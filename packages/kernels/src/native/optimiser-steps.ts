import * as tf from '@tensorflow/tfjs';
import type { NativeInputs, NativeKernel } from './native-kernel.js';

/** `parameters - learningRate * rates * (change + decays * parameters)` */
const descend = (
  { parameters, rates, decays }: NativeInputs,
  change: tf.Tensor,
  learningRate: tf.Tensor,
): tf.Tensor =>
  tf.sub(parameters!, tf.mul(tf.add(change, tf.mul(decays!, parameters!)), tf.mul(rates!, learningRate)));

/**
 * A step of gradient descent with momentum (PyTorch's form, without dampening) and decoupled decay, over all
 * parameters as vectors `[n]`, `schedule` being `[learningRate]`: the parameters and the velocity after it.
 */
export const sgdMomentumStep: NativeKernel = {
  kernelName: 'SgdMomentumStep',
  compute: (inputs, { momentum }) => {
    const velocity = tf.add(tf.mul(inputs.velocity!, momentum as number), inputs.gradient!);
    return [descend(inputs, velocity, inputs.schedule!), velocity];
  },
};

/**
 * A step of AdamW (Loshchilov and Hutter 2019) over all parameters as vectors `[n]`, `schedule` being
 * `[learningRate, 1 - beta1^t, 1 - beta2^t]` at step t, from 1 on: the parameters and both moving averages after it.
 */
export const adamWStep: NativeKernel = {
  kernelName: 'AdamWStep',
  compute: (inputs, attributes) => {
    const { beta1, beta2, epsilon } = attributes as Readonly<Record<string, number>>;
    const { gradient, schedule } = inputs;
    const [learningRate, meanCorrection, squareCorrection] = tf.split(schedule as tf.Tensor1D, 3);
    const mean = tf.add(tf.mul(inputs.mean!, beta1!), tf.mul(gradient!, 1 - beta1!));
    const square = tf.add(tf.mul(inputs.square!, beta2!), tf.mul(tf.square(gradient!), 1 - beta2!));
    // Both corrections of the averages' bias, taken out of the division: fewer passes over the vectors.
    const correction = tf.sqrt(squareCorrection!);
    const change = tf.div(
      tf.mul(mean, tf.div(correction, meanCorrection!)),
      tf.add(tf.sqrt(square), tf.mul(correction, epsilon!)),
    );
    return [descend(inputs, change, learningRate!), mean, square];
  },
};
