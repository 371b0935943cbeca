import { convolutionGeometry } from './convolution-geometry.js';
import { convolutionIntegers } from './geometry-integers.js';
import type { WasmKernel } from './wasm-kernel.js';

/** Gradient of a convolution's filter. */
export const conv2dBackpropFilter: WasmKernel = {
  kernelName: 'Conv2DBackpropFilter',
  compute: (inputs, attributes, { assembly, address, output, scratch, integers }) => {
    const [x, dy] = [inputs.x!, inputs.dy!];
    const filterShape = attributes.filterShape as number[];
    const info = convolutionGeometry(x.shape, filterShape, attributes, false);
    const filterGradient = output(filterShape);
    assembly.convolutionFilterGradient(
      address(x),
      address(dy),
      address(filterGradient),
      scratch(assembly.convolutionFilterGradientScratch(info.outChannels)),
      integers(convolutionIntegers(info)),
    );
    return filterGradient;
  },
};
