import * as tf from '@tensorflow/tfjs';
import type { WasmKernel } from './wasm-kernel.js';

/**
 * A step of stochastic gradient descent over all parameters as one vector: velocity' = momentum velocity + gradient,
 * parameters' = parameters - learningRate rates (velocity' + decays parameters); gives `[parameters', velocity']`.
 */
export const sgdMomentumStep: WasmKernel = {
  kernelName: 'SgdMomentumStep',
  compute: (inputs, attributes, { assembly, address, output }) => {
    const { parameters, gradient, velocity, rates, decays } = inputs;
    const { momentum, learningRate } = attributes as { momentum: number; learningRate: number };
    const next = [output(parameters!.shape), output(parameters!.shape)];
    assembly.sgdMomentumStep(
      ...[parameters!, gradient!, velocity!, rates!, decays!, ...next].map(address),
      tf.util.sizeFromShape(parameters!.shape),
      ...[momentum, learningRate],
    );
    return next;
  },
};

/**
 * A step of AdamW (Loshchilov and Hutter 2019) over all parameters as one vector; `step` counts from 1; gives
 * `[parameters', mean', square']`.
 */
export const adamWStep: WasmKernel = {
  kernelName: 'AdamWStep',
  compute: (inputs, attributes, { assembly, address, output }) => {
    const { parameters, gradient, mean, square, rates, decays } = inputs;
    const { beta1, beta2, epsilon, learningRate, step } = attributes as Record<string, number>;
    const next = [output(parameters!.shape), output(parameters!.shape), output(parameters!.shape)];
    assembly.adamWStep(
      ...[parameters!, gradient!, mean!, square!, rates!, decays!, ...next].map(address),
      tf.util.sizeFromShape(parameters!.shape),
      ...[beta1!, 1 - beta1!, 1 - beta1! ** step!],
      ...[beta2!, 1 - beta2!, 1 - beta2! ** step!],
      ...[epsilon!, learningRate!],
    );
    return next;
  },
};
