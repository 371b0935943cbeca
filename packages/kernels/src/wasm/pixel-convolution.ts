import * as tf from '@tensorflow/tfjs';
import { convolutionGeometry } from './convolution-geometry.js';
import { activationLimits, isFusable } from './fusable-activation.js';
import type { KernelAttributes, KernelInputs, WasmKernel } from './wasm-kernel.js';

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
  accepts: (inputs, attributes) => isFusable(inputs, attributes) && isPixelwise(inputs, attributes),
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
      ...activationLimits(attributes)!,
    );
    return y;
  },
});

/** Convolutions by one pixel, which are matrix products; wasm's own takes half as long again. */
export const pixelConvolutions: readonly WasmKernel[] = ['Conv2D', 'FusedConv2D'].map(pixelConvolution);
