import * as tf from '@tensorflow/tfjs';
import type { Padding, Pair } from '../network/network.js';
import { withGradient } from './custom-gradient.js';
import type { FusedActivation } from './fused-activation.js';
import { rectifierBiasGradient, rectifierGradient, sumToLast } from './rectifiers.js';
import { windowPadding } from './window-padding.js';

export interface Convolution {
  readonly kind: 'conv2d' | 'depthwise-conv2d';
  readonly x: tf.Tensor4D;
  readonly filter: tf.Tensor4D;
  readonly bias?: tf.Tensor;
  readonly strides: Pair;
  readonly padding: Padding;
  readonly activation: FusedActivation;
}

/** Which operands need a gradient: for the others none is computed. */
export interface WantedGradients {
  readonly x: boolean;
  readonly filter: boolean;
  readonly bias: boolean;
}

const kernels = {
  conv2d: { value: 'FusedConv2D', x: 'Conv2DBackpropInput', filter: 'Conv2DBackpropFilter' },
  'depthwise-conv2d': {
    value: 'FusedDepthwiseConv2D',
    x: 'DepthwiseConv2dNativeBackpropInput',
    filter: 'DepthwiseConv2dNativeBackpropFilter',
  },
} as const;

/** What a gradient is computed from; `dy` is that of the value before the rectifier, `bias` summed over its pixels. */
interface Saved {
  readonly dy: tf.Tensor;
  readonly bias: tf.Tensor | undefined;
  readonly x: tf.Tensor;
  readonly filter: tf.Tensor;
}

type GradientOf = (saved: Saved) => tf.Tensor;

/** Gradient of what the rectifier was applied to, and its sums where a bias wants them. */
const throughRectifier = (
  activation: FusedActivation,
  dy: tf.Tensor,
  y: tf.Tensor | undefined,
  wantsBias: boolean,
): Pick<Saved, 'dy' | 'bias'> => {
  if (activation === 'linear') return { dy, bias: wantsBias ? sumToLast(dy) : undefined };
  if (!wantsBias) return { dy: rectifierGradient(activation, dy, y!), bias: undefined };
  const { slope, bias } = rectifierBiasGradient(activation, dy, y!);
  return { dy: slope, bias };
};

/**
 * A convolution with bias and rectifier, computed at once, and its gradient by the operands that want one. tfjs's own
 * computes all of them, and under `tf.grads` it fuses nothing.
 */
export const convolve = (convolution: Convolution, wanted: WantedGradients): tf.Tensor => {
  const { kind, x, filter, bias, activation } = convolution;
  const attributes = {
    strides: [...convolution.strides],
    pad: windowPadding(convolution.padding),
    dataFormat: 'NHWC',
    dilations: [1, 1],
  };
  const run = (kernel: string, inputs: tf.NamedTensorMap, more: object): tf.Tensor =>
    tf.engine().runKernel(kernel, inputs, { ...attributes, ...more } as unknown as tf.NamedAttrMap);
  const { value: valueKernel, x: xKernel, filter: filterKernel } = kernels[kind];
  const forward = () => run(valueKernel, { x, filter, ...(bias && { bias }) }, { activation });
  const gradients: [operand: tf.Tensor, GradientOf][] = [];
  if (wanted.x) {
    gradients.push([
      x,
      (saved) => run(xKernel, { dy: saved.dy, filter: saved.filter }, { inputShape: x.shape }),
    ]);
  }
  if (wanted.filter) {
    gradients.push([
      filter,
      (saved) => run(filterKernel, { x: saved.x, dy: saved.dy }, { filterShape: filter.shape }),
    ]);
  }
  const wantsBias = wanted.bias && bias !== undefined;
  if (wantsBias) gradients.push([bias, (saved) => saved.bias!]);
  if (gradients.length === 0) return forward();
  return withGradient(
    gradients.map(([operand]) => operand),
    () => {
      const value = forward();
      return { value, saved: [x, filter, ...(activation === 'linear' ? [] : [value])] };
    },
    (dy, [image, taps, y]) => {
      const slopes = throughRectifier(activation, dy, y, wantsBias);
      return gradients.map(([, compute]) => compute({ ...slopes, x: image!, filter: taps! }));
    },
  );
};
