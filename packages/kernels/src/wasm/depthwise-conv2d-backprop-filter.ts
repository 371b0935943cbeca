import * as tf from '@tensorflow/tfjs';
import { convolutionGeometry } from './convolution-geometry.js';
import { geometryIntegers } from './geometry-integers.js';
import type { WasmKernel } from './wasm-kernel.js';

/** Gradient of a depthwise filter. */
export const depthwiseConv2dBackpropFilter: WasmKernel = {
  kernelName: 'DepthwiseConv2dNativeBackpropFilter',
  compute: (inputs, attributes, { assembly, address, output, scratch, integers }) => {
    const [x, dy] = [inputs.x!, inputs.dy!];
    const filterShape = attributes.filterShape as number[];
    const info = convolutionGeometry(x.shape, filterShape, attributes, true);
    const multiplier = filterShape[3]!;
    const size = tf.util.sizeFromShape(x.shape);
    const filterGradient = output(filterShape);
    const repeated = multiplier === 1 ? address(x) : scratch(size * multiplier);
    if (multiplier > 1) assembly.repeatValues(address(x), repeated, size, multiplier);
    assembly.depthwiseFilterGradient(
      repeated,
      address(dy),
      address(filterGradient),
      integers(geometryIntegers(info)),
    );
    return filterGradient;
  },
};
