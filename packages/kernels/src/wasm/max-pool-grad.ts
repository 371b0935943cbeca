import { poolGeometry } from './pool-geometry.js';
import type { WasmKernel } from './wasm-kernel.js';

/** Gradient of max-pooling; wasm's own finds no largest among values of 0 and below. */
export const maxPoolGrad: WasmKernel = {
  kernelName: 'MaxPoolGrad',
  compute: (inputs, attributes, { assembly, address, output, integers }) => {
    const [dy, x] = [inputs.dy!, inputs.input!];
    const dx = output(x.shape);
    assembly.maxPoolGradient(
      address(x),
      address(dy),
      address(dx),
      integers(poolGeometry(x.shape, attributes)),
    );
    return dx;
  },
};
