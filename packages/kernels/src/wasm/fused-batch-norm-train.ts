import * as tf from '@tensorflow/tfjs';
import type { WasmKernel } from './wasm-kernel.js';

/**
 * Batch-norm by the batch's own statistics: `{x [..., c], gamma [c], beta [c]}` and `epsilon` give
 * `[y, mean [c], variance [c]]`, the variance biased.
 */
export const fusedBatchNormTrain: WasmKernel = {
  kernelName: 'FusedBatchNormTrain',
  compute: (inputs, { epsilon }, { assembly, address, output, scratch }) => {
    const [x, gamma, beta] = [inputs.x!, inputs.gamma!, inputs.beta!];
    const columns = gamma.shape[0]!;
    const [y, mean, variance] = [output(x.shape), output([columns]), output([columns])];
    assembly.batchNormTrain(
      ...[address(x), address(gamma), address(beta)],
      ...[address(y), address(mean), address(variance)],
      scratch(columns),
      tf.util.sizeFromShape(x.shape.slice(0, -1)),
      columns,
      epsilon as number,
    );
    return [y, mean, variance];
  },
};

/** Its gradient: `{dy, x, gamma, mean, variance}` and `epsilon` give `[dx, dgamma, dbeta]`. */
export const fusedBatchNormTrainGrad: WasmKernel = {
  kernelName: 'FusedBatchNormTrainGrad',
  compute: (inputs, { epsilon }, { assembly, address, output, scratch }) => {
    const { dy, x, gamma, mean, variance } = inputs;
    const columns = gamma!.shape[0]!;
    const [dx, dgamma, dbeta] = [output(x!.shape), output([columns]), output([columns])];
    assembly.batchNormTrainGradient(
      ...[dy!, x!, gamma!, mean!, variance!, dx, dgamma, dbeta].map(address),
      scratch(3 * columns),
      tf.util.sizeFromShape(x!.shape.slice(0, -1)),
      columns,
      epsilon as number,
    );
    return [dx, dgamma, dbeta];
  },
};
