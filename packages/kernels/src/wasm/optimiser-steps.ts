import * as tf from '@tensorflow/tfjs';
import type { WasmKernel } from './wasm-kernel.js';

/**
 * A step of stochastic gradient descent over all parameters as one vector: velocity' = momentum velocity + gradient,
 * parameters' = parameters - learningRate rates (velocity' + decays parameters), `schedule` being `[learningRate]`; gives
 * `[parameters', velocity']`.
 */
export const sgdMomentumStep: WasmKernel = {
  kernelName: 'SgdMomentumStep',
  compute: (inputs, attributes, { assembly, address, numbers, output }) => {
    const { parameters, gradient, velocity, rates, decays, schedule } = inputs;
    const { momentum } = attributes as { momentum: number };
    const [learningRate] = numbers(schedule!);
    const next = [output(parameters!.shape), output(parameters!.shape)];
    assembly.sgdMomentumStep(
      ...[parameters!, gradient!, velocity!, rates!, decays!, ...next].map(address),
      tf.util.sizeFromShape(parameters!.shape),
      ...[momentum, learningRate!],
    );
    return next;
  },
};

/**
 * A step of AdamW (Loshchilov and Hutter 2019) over all parameters as one vector, `schedule` being
 * `[learningRate, 1 - beta1^t, 1 - beta2^t]` at step t, from 1 on; gives `[parameters', mean', square']`.
 */
export const adamWStep: WasmKernel = {
  kernelName: 'AdamWStep',
  compute: (inputs, attributes, { assembly, address, numbers, output }) => {
    const { parameters, gradient, mean, square, rates, decays, schedule } = inputs;
    const { beta1, beta2, epsilon } = attributes as Record<string, number>;
    const [learningRate, meanCorrection, squareCorrection] = numbers(schedule!);
    const next = [output(parameters!.shape), output(parameters!.shape), output(parameters!.shape)];
    assembly.adamWStep(
      ...[parameters!, gradient!, mean!, square!, rates!, decays!, ...next].map(address),
      tf.util.sizeFromShape(parameters!.shape),
      ...[beta1!, 1 - beta1!, meanCorrection!],
      ...[beta2!, 1 - beta2!, squareCorrection!],
      ...[epsilon!, learningRate!],
    );
    return next;
  },
};
