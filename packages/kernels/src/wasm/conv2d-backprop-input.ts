import { convolutionGeometry } from './convolution-geometry.js';
import { convolutionIntegers } from './geometry-integers.js';
import type { WasmKernel } from './wasm-kernel.js';

/** Gradient of a convolution's input. */
export const conv2dBackpropInput: WasmKernel = {
  kernelName: 'Conv2DBackpropInput',
  accepts: (_inputs, { dataFormat }) => dataFormat === undefined || dataFormat === 'NHWC',
  compute: (inputs, attributes, { assembly, address, output, scratch, integers }) => {
    const [dy, filter] = [inputs.dy!, inputs.filter!];
    const inputShape = attributes.inputShape as number[];
    const info = convolutionGeometry(inputShape, filter.shape, attributes, false);
    const taps = info.filterHeight * info.filterWidth;
    const dx = output(inputShape);
    assembly.convolutionInputGradient(
      address(dy),
      address(filter),
      address(dx),
      scratch(assembly.convolutionInputGradientScratch(info.inChannels, info.outChannels, taps)),
      integers(convolutionIntegers(info)),
    );
    return dx;
  },
};
