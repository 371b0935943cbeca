import { activationGradients } from './activation-gradients.js';
import { avgPoolGrad } from './avg-pool-grad.js';
import { batchMatMul } from './batch-mat-mul.js';
import { conv2dBackpropFilter } from './conv2d-backprop-filter.js';
import { conv2dBackpropInput } from './conv2d-backprop-input.js';
import { depthwiseConv2dBackpropFilter } from './depthwise-conv2d-backprop-filter.js';
import { depthwiseConv2dBackpropInput } from './depthwise-conv2d-backprop-input.js';
import { depthwiseConvolutions } from './depthwise-convolution.js';
import { fusedBatchNorm, fusedBatchNormGrad } from './fused-batch-norm.js';
import { fusedBatchNormTrain, fusedBatchNormTrainGrad } from './fused-batch-norm-train.js';
import { identity } from './identity.js';
import { maxPoolGrad } from './max-pool-grad.js';
import { adamWStep, sgdMomentumStep } from './optimiser-steps.js';
import { pixelConvolutions } from './pixel-convolution.js';
import { rectifierBiasGradients } from './rectifier-bias-gradients.js';
import { splitV } from './split-v.js';
import { mean, sum } from './sum-and-mean.js';
import type { WasmKernel } from './wasm-kernel.js';

/** Every kernel that this package adds to the wasm backend or puts in the place of one. */
export const wasmKernels: readonly WasmKernel[] = [
  ...activationGradients,
  adamWStep,
  avgPoolGrad,
  batchMatMul,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  depthwiseConv2dBackpropFilter,
  depthwiseConv2dBackpropInput,
  ...depthwiseConvolutions,
  fusedBatchNorm,
  fusedBatchNormGrad,
  fusedBatchNormTrain,
  fusedBatchNormTrainGrad,
  identity,
  maxPoolGrad,
  mean,
  ...pixelConvolutions,
  ...rectifierBiasGradients,
  sgdMomentumStep,
  splitV,
  sum,
];
