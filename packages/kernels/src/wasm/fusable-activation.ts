import type { KernelAttributes, KernelInputs } from './wasm-kernel.js';

/** What activations hold their values between. */
const limits: Readonly<Record<string, readonly [low: number, high: number]>> = {
  linear: [-Infinity, Infinity],
  relu: [0, Infinity],
  relu6: [0, 6],
};

/** What a fused convolution's activation holds its values between; undefined for activations that do more. */
export const activationLimits = ({
  activation = 'linear',
}: KernelAttributes): readonly [low: number, high: number] | undefined => limits[activation as string];

/** Whether a convolution's bias is one value a channel, if it has one, and its activation one of those. */
export const isFusable = (inputs: KernelInputs, attributes: KernelAttributes): boolean =>
  inputs.preluActivationWeights === undefined &&
  (inputs.bias === undefined || inputs.bias.shape.length === 1) &&
  activationLimits(attributes) !== undefined;
