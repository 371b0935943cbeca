import * as tf from '@tensorflow/tfjs';
import { runSingleOp } from './native-backend.js';
import type { NativeKernel } from './native-kernel.js';

/** `dy` where the output `y` of relu is above 0. */
export const reluGrad: NativeKernel = {
  kernelName: 'ReluGrad',
  compute: ({ dy, y }) => [runSingleOp('ReluGrad', [dy!, y!])],
};

/** `dy` where the output `y` of relu6 is between 0 and 6. */
export const relu6Grad: NativeKernel = {
  kernelName: 'Relu6Grad',
  compute: ({ dy, y }) => [runSingleOp('Relu6Grad', [dy!, y!])],
};

/** Gradient of `x * sigmoid(x)`. */
export const swishGrad: NativeKernel = {
  kernelName: 'SwishGrad',
  compute: ({ dy, x }) => {
    const gate = tf.sigmoid(x!);
    return [tf.add(tf.mul(dy!, gate), tf.mul(x!, runSingleOp('SigmoidGrad', [gate, dy!])))];
  },
};

/** Gradient of `x * relu6(x + 3) / 6`. */
export const hardSwishGrad: NativeKernel = {
  kernelName: 'HardSwishGrad',
  compute: ({ dy, x }) => {
    const gate = tf.relu6(tf.add(x!, 3));
    const throughGate = runSingleOp('Relu6Grad', [tf.mul(dy!, x!), gate]);
    return [tf.div(tf.add(tf.mul(dy!, gate), throughGate), 6)];
  },
};
