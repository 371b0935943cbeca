import { poolGeometry } from './pool-geometry.js';
import type { WasmKernel } from './wasm-kernel.js';

/** Gradient of average-pooling, which leaves padding out of its means; tfjs's own gradients count it. */
export const avgPoolGrad: WasmKernel = {
  kernelName: 'AvgPoolGrad',
  compute: (inputs, attributes, { assembly, address, output, integers }) => {
    const [dy, x] = [inputs.dy!, inputs.input!];
    const dx = output(x.shape);
    assembly.averagePoolGradient(address(dy), address(dx), integers(poolGeometry(x.shape, attributes)));
    return dx;
  },
};
