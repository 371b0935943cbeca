import * as tf from '@tensorflow/tfjs';
import type { AmendedGradient } from './amended-gradient.js';

const isDilated = ({ dilations }: tf.NamedAttrMap): boolean =>
  [dilations].flat().some((dilation) => typeof dilation === 'number' && dilation > 1);

const dilatedConvolution = (
  kernelName: string,
  inputKernel: string,
  filterKernel: string,
): AmendedGradient => ({
  kernelName,
  needs: [inputKernel, filterKernel],
  // Kernels of these names on other backends leave the dilation out.
  accepts: (_saved, attributes) =>
    tf.getBackend() === 'wasm' && isDilated(attributes) && attributes.dataFormat === 'NHWC',
  gradients: (dy, [x, filter], attributes) => ({
    x: () =>
      tf.engine().runKernel(inputKernel, { dy, filter: filter! }, { ...attributes, inputShape: x!.shape }),
    filter: () =>
      tf.engine().runKernel(filterKernel, { x: x!, dy }, { ...attributes, filterShape: filter!.shape }),
  }),
});

/** Gradients of convolutions with dilation, which tfjs refuses. */
export const dilatedConvolutionGradients: readonly AmendedGradient[] = [
  dilatedConvolution('Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter'),
  dilatedConvolution(
    'DepthwiseConv2dNative',
    'DepthwiseConv2dNativeBackpropInput',
    'DepthwiseConv2dNativeBackpropFilter',
  ),
];
