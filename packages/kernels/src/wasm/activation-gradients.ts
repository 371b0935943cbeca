import * as tf from '@tensorflow/tfjs';
import type { WasmKernel } from './wasm-kernel.js';

type ActivationGradient = 'reluGradient' | 'relu6Gradient' | 'swishGradient' | 'hardSwishGradient';

const activationGradient = (
  kernelName: string,
  gradient: ActivationGradient,
  saved: 'x' | 'y',
): WasmKernel => ({
  kernelName,
  compute: (inputs, _attributes, { assembly, address, output }) => {
    const [dy, values] = [inputs.dy!, inputs[saved]!];
    tf.util.assertShapesMatch(dy.shape, values.shape, `${kernelName}: `);
    const dx = output(dy.shape);
    assembly[gradient](address(dy), address(values), address(dx), tf.util.sizeFromShape(dy.shape));
    return dx;
  },
});

/** Gradients of activations by their input `x` or, where that does as well, their output `y`. */
export const activationGradients: readonly WasmKernel[] = [
  activationGradient('ReluGrad', 'reluGradient', 'y'),
  activationGradient('Relu6Grad', 'relu6Gradient', 'y'),
  activationGradient('SwishGrad', 'swishGradient', 'x'),
  activationGradient('HardSwishGrad', 'hardSwishGradient', 'x'),
];
