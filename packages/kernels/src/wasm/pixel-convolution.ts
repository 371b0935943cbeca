import * as tf from '@tensorflow/tfjs';
import { convolutionGeometry } from './convolution-geometry.js';
import type { KernelAttributes, KernelInputs, WasmKernel } from './wasm-kernel.js';

/** What an activation holds its values between; undefined for other activations. */
const limitsOf = (activation: unknown): readonly [number, number] | undefined =>
  ({
    linear: [-Infinity, Infinity] as const,
    relu: [0, Infinity] as const,
    relu6: [0, 6] as const,
  })[activation as string];

const isPixelwise = ({ x, filter }: KernelInputs, attributes: KernelAttributes): boolean => {
  const [height, width] = filter!.shape;
  if (height !== 1 || width !== 1 || attributes.dataFormat === 'NCHW') return false;
  const { strideHeight, strideWidth, padInfo } = convolutionGeometry(
    x!.shape,
    filter!.shape,
    attributes,
    false,
  );
  const { top, bottom, left, right } = padInfo;
  return strideHeight === 1 && strideWidth === 1 && Math.max(top, bottom, left, right) === 0;
};

const pixelConvolution = (kernelName: string): WasmKernel => ({
  kernelName,
  accepts: (inputs, attributes) =>
    inputs.preluActivationWeights === undefined &&
    limitsOf(attributes.activation ?? 'linear') !== undefined &&
    (inputs.bias === undefined || inputs.bias.shape.length === 1) &&
    isPixelwise(inputs, attributes),
  compute: (inputs, attributes, { assembly, address, output, scratch }) => {
    const { x, filter, bias } = inputs;
    const [depth, columns] = filter!.shape.slice(2) as [number, number];
    const rows = tf.util.sizeFromShape(x!.shape.slice(0, -1));
    const y = output([...x!.shape.slice(0, -1), columns]);
    assembly.pixelProduct(
      address(x!),
      address(filter!),
      bias === undefined ? 0 : address(bias),
      address(y),
      scratch(assembly.pixelProductScratch(depth, columns)),
      ...[rows, depth, columns],
      ...limitsOf(attributes.activation ?? 'linear')!,
    );
    return y;
  },
});

/** Convolutions by one pixel, which are matrix products; wasm's own takes half as long again. */
export const pixelConvolutions: readonly WasmKernel[] = ['Conv2D', 'FusedConv2D'].map(pixelConvolution);
