import { convolutionGeometry } from './convolution-geometry.js';
import { activationLimits, isFusable } from './fusable-activation.js';
import { geometryIntegers } from './geometry-integers.js';
import type { WasmKernel } from './wasm-kernel.js';

const depthwiseConvolution = (kernelName: string): WasmKernel => ({
  kernelName,
  accepts: (inputs, attributes) =>
    isFusable(inputs, attributes) && inputs.filter!.shape[3] === 1 && attributes.dataFormat !== 'NCHW',
  compute: (inputs, attributes, { assembly, address, output, scratch, integers }) => {
    const { x, filter, bias } = inputs;
    const info = convolutionGeometry(x!.shape, filter!.shape, attributes, true);
    const y = output(info.outShape);
    assembly.depthwiseConvolution(
      address(x!),
      address(filter!),
      bias === undefined ? 0 : address(bias),
      address(y),
      scratch(2 * info.filterHeight * info.filterWidth),
      integers(geometryIntegers(info)),
      ...activationLimits(attributes)!,
    );
    return y;
  },
});

/** Depthwise convolutions of one filter a channel; wasm's own are slower. */
export const depthwiseConvolutions: readonly WasmKernel[] = [
  'DepthwiseConv2dNative',
  'FusedDepthwiseConv2D',
].map(depthwiseConvolution);
