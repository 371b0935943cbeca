import * as tf from '@tensorflow/tfjs';
import type { WasmKernel } from './wasm-kernel.js';

const rectifierBiasGradient = (kernelName: string, limit: number): WasmKernel => ({
  kernelName,
  compute: (inputs, _attributes, { assembly, address, output, scratch }) => {
    const [dy, y] = [inputs.dy!, inputs.y!];
    tf.util.assertShapesMatch(dy.shape, y.shape, `${kernelName}: `);
    const columns = dy.shape.at(-1)!;
    const [dx, sums] = [output(dy.shape), output([columns])];
    assembly.rectifiedSums(
      ...[dy, y, dx, sums].map(address),
      scratch(2 * columns),
      tf.util.sizeFromShape(dy.shape.slice(0, -1)),
      columns,
      limit,
    );
    return [dx, sums];
  },
});

/** Gradients of `rectifier(x + bias)` by x and by the bias [channels], from `{dy, y}`. */
export const rectifierBiasGradients: readonly WasmKernel[] = [
  rectifierBiasGradient('ReluBiasGrad', Number.NaN),
  rectifierBiasGradient('Relu6BiasGrad', 6),
];
