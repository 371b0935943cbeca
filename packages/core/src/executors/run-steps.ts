import { RegraftError } from '@regraft/errors';
import * as tf from '@tensorflow/tfjs';
import { inferShapes } from '../network/infer-shapes.js';
import type { Network, Shape } from '../network/network.js';
import { formatShape } from '../network/network-error.js';
import { validateNetwork } from '../network/validate-network.js';
import { type Joins, planSteps, type Step } from './steps.js';

/** Throws `data-invalid` unless a batch is `[n, ...shape]`. */
const requireBatch = (batch: tf.Tensor, shape: Shape): void => {
  if (formatShape(batch.shape.slice(1)) !== formatShape(shape)) {
    throw new RegraftError({
      code: 'data-invalid',
      message: `A batch must have the shape [n, ${shape.join(', ')}]. Received: ${formatShape(batch.shape)}`,
      hint: "Prepare the images with the network's own preprocessing.",
    });
  }
};

/** What `runSteps` runs: a network's steps and the ends it starts and stops at. */
export interface StepProgram {
  readonly input: string;
  readonly inputShape: Shape;
  readonly output: string;
  readonly outputShape: Shape;
  readonly steps: readonly Step[];
}

/** Plans a valid network's steps; see `planSteps` for `joins`. */
export const createProgram = (network: Network, joins: Joins): StepProgram => {
  validateNetwork(network);
  const shapes = inferShapes(network);
  const input = network.nodes.find(({ op }) => op === 'input')!.name;
  return {
    input,
    inputShape: shapes.get(input)!,
    output: network.output,
    outputShape: shapes.get(network.output)!,
    steps: planSteps(network, joins),
  };
};

/**
 * Runs steps over a batch and gives a new tensor; every value is disposed as soon as no later step needs it, so
 * memory holds a few layers and not all of them. `runStep` must give a new tensor, never one of its inputs.
 */
export const runSteps = (
  { input, inputShape, output, steps }: StepProgram,
  batch: tf.Tensor,
  runStep: (step: Step, inputs: tf.Tensor[]) => tf.Tensor,
): tf.Tensor => {
  requireBatch(batch, inputShape);
  return tf.tidy(() => {
    const values = new Map<string, tf.Tensor>([[input, batch.clone()]]);
    for (const step of steps) {
      const inputs = step.node.inputs.map((name) => values.get(name)!);
      values.set(
        step.name,
        tf.tidy(() => runStep(step, inputs)),
      );
      for (const name of step.releases) values.get(name)!.dispose();
    }
    return values.get(output)!;
  });
};
