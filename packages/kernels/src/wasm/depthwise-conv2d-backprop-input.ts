import * as tf from '@tensorflow/tfjs';
import { convolutionGeometry } from './convolution-geometry.js';
import { geometryIntegers } from './geometry-integers.js';
import type { WasmKernel } from './wasm-kernel.js';

/** Gradient of a depthwise convolution's input. */
export const depthwiseConv2dBackpropInput: WasmKernel = {
  kernelName: 'DepthwiseConv2dNativeBackpropInput',
  compute: (inputs, attributes, { assembly, address, output, scratch, integers }) => {
    const [dy, filter] = [inputs.dy!, inputs.filter!];
    const inputShape = attributes.inputShape as number[];
    const info = convolutionGeometry(inputShape, filter.shape, attributes, true);
    const multiplier = filter.shape[3]!;
    const size = tf.util.sizeFromShape(inputShape);
    const dx = output(inputShape);
    const repeated = multiplier === 1 ? address(dx) : scratch(size * multiplier);
    assembly.depthwiseInputGradient(
      address(dy),
      address(filter),
      repeated,
      scratch(2 * info.filterHeight * info.filterWidth),
      integers(geometryIntegers(info)),
    );
    if (multiplier > 1) assembly.sumNeighbours(repeated, address(dx), size, multiplier);
    return dx;
  },
};
