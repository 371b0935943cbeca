import * as tf from '@tensorflow/tfjs';
import type { WasmKernel } from './wasm-kernel.js';

/**
 * Batch-norm by the batch's own statistics: `{x [..., c], gamma, beta, movingMean, movingVariance [c]}`, `epsilon` and
 * `momentum` give `[y, mean, variance, movingMean, movingVariance]`. The batch's variance is biased; `momentum` of the
 * moving statistics stays, the rest is the batch's mean and unbiased variance.
 */
export const fusedBatchNormTrain: WasmKernel = {
  kernelName: 'FusedBatchNormTrain',
  compute: (inputs, { epsilon, momentum }, { assembly, address, output, scratch }) => {
    const { x, gamma, beta, movingMean, movingVariance } = inputs;
    const columns = gamma!.shape[0]!;
    const rows = tf.util.sizeFromShape(x!.shape.slice(0, -1));
    const y = output(x!.shape);
    const statistics = [0, 1, 2, 3].map(() => output([columns]));
    const [mean, variance, movedMean, movedVariance] = statistics;
    assembly.batchNormTrain(
      ...[x!, gamma!, beta!, y, mean!, variance!].map(address),
      scratch(columns),
      rows,
      columns,
      epsilon as number,
    );
    assembly.moveStatistics(
      ...[mean!, variance!, movingMean!, movingVariance!, movedMean!, movedVariance!].map(address),
      rows,
      columns,
      momentum as number,
    );
    return [y, ...statistics];
  },
};

/** Its gradient: `{dy, x, gamma, mean, variance}` and `epsilon` give `[dx, dgamma, dbeta]`. */
export const fusedBatchNormTrainGrad: WasmKernel = {
  kernelName: 'FusedBatchNormTrainGrad',
  compute: (inputs, { epsilon }, { assembly, address, output, scratch }) => {
    const { dy, x, gamma, mean, variance } = inputs;
    const columns = gamma!.shape[0]!;
    const rows = tf.util.sizeFromShape(x!.shape.slice(0, -1));
    const [dx, dgamma, dbeta] = [output(x!.shape), output([columns]), output([columns])];
    assembly.batchNormGradient(
      ...[dy!, x!, gamma!, mean!, variance!, dx, dgamma, dbeta].map(address),
      scratch(3 * columns),
      rows,
      columns,
      epsilon as number,
      1 / Math.max(rows, 1),
    );
    return [dx, dgamma, dbeta];
  },
};
