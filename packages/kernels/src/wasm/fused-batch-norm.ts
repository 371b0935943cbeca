import * as tf from '@tensorflow/tfjs';
import type { KernelInputs, WasmKernel } from './wasm-kernel.js';

const areChannels = ({ x, ...channels }: KernelInputs): boolean =>
  Object.values(channels).every(({ shape }) => shape.length === 1 && shape[0] === x!.shape.at(-1));

const rowsOf = (x: tf.TensorInfo): number => tf.util.sizeFromShape(x.shape.slice(0, -1));

/** tfjs's batch-norm `{x, mean, variance, offset, scale}` where all but x are `[channels]`; wasm's own is slower. */
export const fusedBatchNorm: WasmKernel = {
  kernelName: 'FusedBatchNorm',
  accepts: (inputs) => 'offset' in inputs && 'scale' in inputs && areChannels(inputs),
  compute: (inputs, { varianceEpsilon }, { assembly, address, output, scratch }) => {
    const { x, mean, variance, offset, scale } = inputs;
    const y = output(x!.shape);
    const columns = scale!.shape[0]!;
    assembly.batchNorm(
      ...[x!, scale!, offset!, y, mean!, variance!].map(address),
      scratch(columns),
      rowsOf(x!),
      columns,
      varianceEpsilon as number,
    );
    return y;
  },
};

/** Its gradient by what is no statistic: `{dy, x, mean, variance, scale}` give those of `[x, scale, offset]`. */
export const fusedBatchNormGrad: WasmKernel = {
  kernelName: 'FusedBatchNormGrad',
  compute: (inputs, { varianceEpsilon }, { assembly, address, output, scratch }) => {
    const { dy, x, mean, variance, scale } = inputs;
    const columns = scale!.shape[0]!;
    const [dx, dscale, doffset] = [output(x!.shape), output([columns]), output([columns])];
    assembly.batchNormGradient(
      ...[dy!, x!, scale!, mean!, variance!, dx, dscale, doffset].map(address),
      scratch(3 * columns),
      rowsOf(x!),
      columns,
      varianceEpsilon as number,
      0,
    );
    return [dx, dscale, doffset];
  },
};
