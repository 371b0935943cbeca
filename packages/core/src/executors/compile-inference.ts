import type * as tf from '@tensorflow/tfjs';
import { foldBatchNorm } from '../network/fold-batch-norm.js';
import { foldZeroPad } from '../network/fold-zero-pad.js';
import { isLinear } from '../network/is-linear.js';
import type { Network, Shape } from '../network/network.js';
import { callOp } from '../network/op-table.js';
import { fusedActivation, rectifierOf } from './fused-activation.js';
import { inferenceTable } from './inference-ops.js';
import { createOpaqueLayers } from './opaque-layer.js';
import { createProgram, runSteps } from './run-steps.js';
import type { Joins } from './steps.js';
import { createWeightConstants } from './weight-constants.js';

/** A network ready to run in inference on the current tfjs backend. */
export interface InferenceExecutor {
  /** Without the batch dimension. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** Takes `[n, ...inputShape]` float32 and gives a new `[n, ...outputShape]`; the batch stays the caller's. */
  run(batch: tf.Tensor): tf.Tensor;
  /** Frees the weights; the executor can't run afterwards. */
  dispose(): void;
}

/** Joins a rectifier to the linear node before it. */
const joinRectifier: Joins = ([linear, ...followers], next) =>
  isLinear(linear!) && followers.length === 0 && rectifierOf(next) !== undefined;

/**
 * Compiles a network for inference: batch-norm folded, bias and ReLU fused into the convolutions, dropout the
 * identity. Throws `weights-unsupported` for an opaque layer tfjs-layers can't execute.
 *
 * @example
 * const executor = compileInference(backbone.network);
 * const features = executor.run(images);
 */
export const compileInference = (network: Network): InferenceExecutor => {
  const compiled = foldZeroPad(foldBatchNorm(network));
  const program = createProgram(compiled, joinRectifier);
  const constants = createWeightConstants(compiled.weights);
  const layers = createOpaqueLayers(compiled);
  return {
    inputShape: program.inputShape,
    outputShape: program.outputShape,
    run: (batch) =>
      runSteps(program, batch, (step, inputs) =>
        callOp(inferenceTable, step.node, {
          inputs,
          weight: constants.weight,
          affine: constants.affine,
          opaque: (name) => layers.get(name)!,
          activation: fusedActivation(step),
        }),
      ),
    dispose: () => {
      constants.dispose();
      for (const layer of layers.values()) layer.dispose();
    },
  };
};
