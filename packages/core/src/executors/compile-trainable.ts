import { RegraftError } from '@regraft/errors';
import * as tf from '@tensorflow/tfjs';
import { foldBatchNorm } from '../network/fold-batch-norm.js';
import { foldZeroPad } from '../network/fold-zero-pad.js';
import { inferShapes } from '../network/infer-shapes.js';
import { isLinear } from '../network/is-linear.js';
import type { BatchNormNode, DropoutNode, Network, NetworkNode, Shape, Weight } from '../network/network.js';
import { nodeWeights } from '../network/node-weights.js';
import { callOp } from '../network/op-table.js';
import { fusedActivation, rectifierOf } from './fused-activation.js';
import { createOpaqueLayers } from './opaque-layer.js';
import { createProgram, runSteps } from './run-steps.js';
import { trainableTable } from './trainable-ops.js';
import { createWeightConstants } from './weight-constants.js';

export interface TrainableOptions {
  /** Names of the weights to train; moving statistics can't be among them. */
  readonly trainable: ReadonlySet<string>;
  /**
   * `inference` (the default): every batch-norm uses its moving statistics, which stay. `train`: one whose gamma or
   * beta trains (or, having neither, whose convolution does) uses the batch's and moves its own.
   */
  readonly batchNorm?: 'inference' | 'train';
  /** Whether the batch itself gets a gradient: false unless told, which spares a convolution's. */
  readonly inputTrains?: boolean;
}

export interface TrainableRunOptions {
  /** Turns dropout and batch statistics on. */
  readonly training?: boolean;
  /** What dropout multiplies by, of `drawNoise`; left to chance without it. */
  readonly noise?: readonly tf.Tensor[];
}

/** A network whose chosen weights are variables, on the current tfjs backend. */
export interface TrainableExecutor {
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** The trained weights that the output depends on, by weight name. */
  readonly variables: ReadonlyMap<string, tf.Variable>;
  /** The moving statistics that a run in training changes. */
  readonly statistics: readonly tf.Variable[];
  /** False where a layer of tfjs-layers keeps a state of its own, which `variables` and `statistics` don't have. */
  readonly isCompilable: boolean;
  /** What the dropouts of a batch of `rows` multiply by: depends on the seed alone; give every step another one. */
  drawNoise(rows: number, seed?: number): tf.Tensor[];
  /** Takes `[n, ...inputShape]` float32 and gives a new `[n, ...outputShape]`, inside `tf.variableGrads` or out. */
  run(batch: tf.Tensor, options?: TrainableRunOptions): tf.Tensor;
  /** All the network's weights as they are now: copies of the trained ones and moved statistics, the rest as they came. */
  readWeights(): Promise<Map<string, Weight>>;
  dispose(): void;
}

const requireTrainable = (network: Network, trainable: ReadonlySet<string>): void => {
  const known = new Map(
    network.nodes.flatMap((node) => nodeWeights(node).map((weight) => [weight.name, weight])),
  );
  for (const name of trainable) {
    if (known.get(name)?.trainable !== true) {
      throw new RegraftError({
        code: 'network-invalid',
        message: `Only weights of the network that a gradient can train are trainable. Received: "${name}", ${known.has(name) ? 'a moving statistic' : 'which no node has'}.`,
        hint: 'Take the names from nodeWeights and leave out those that are not trainable.',
        details: { weight: name },
      });
    }
  }
};

const createVariable = ({ data, shape }: Weight, trainable: boolean): tf.Variable =>
  tf.tidy(() => tf.variable(tf.tensor(data, [...shape]), trainable));

/** One seed from a step's and a node's; never 0, which tfjs takes for none. */
const mixSeeds = (seed: number, position: number): number =>
  (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(position + 1, 0xc2b2ae35)) >>> 0 || 1;

/**
 * Compiles a network for training with stock tfjs gradients. Frozen weights are constants, and batch-norm in
 * inference mode costs nothing: it is folded into frozen convolutions for good and scales the kernels of trained
 * ones, which gives the same values and gradients. On the wasm backend convolutions and max-pools need `registerWasmGradients` of
 * @regraft/kernels. Throws `network-invalid` for a trainable name that isn't a trainable weight.
 *
 * @example
 * const executor = compileTrainable(tail, { trainable: new Set(['head/kernel', 'head/bias']) });
 * const noise = executor.drawNoise(batch.shape[0], step);
 * const { grads } = tf.variableGrads(() => loss(executor.run(batch, { training: true, noise })));
 */
export const compileTrainable = (
  network: Network,
  { trainable, batchNorm = 'inference', inputTrains = false }: TrainableOptions,
): TrainableExecutor => {
  requireTrainable(network, trainable);
  const isTrainable = (name: string): boolean => trainable.has(name);
  const isFrozen = (node: NetworkNode): boolean => !nodeWeights(node).some(({ name }) => isTrainable(name));
  const byName = new Map(network.nodes.map((node) => [node.name, node]));
  const usesBatchStatistics = (node: BatchNormNode): boolean => {
    if (batchNorm === 'inference') return false;
    if (node.gamma !== undefined || node.beta !== undefined) return !isFrozen(node);
    return !isFrozen(byName.get(node.inputs[0]!)!);
  };

  const compiled = foldZeroPad(
    foldBatchNorm(network, (normalisation, linear) => isFrozen(normalisation) && isFrozen(linear)),
  );
  const program = createProgram(compiled, ([first, ...followers], next) => {
    if (!isLinear(first!) || followers.some(({ op }) => op === 'activation')) return false;
    if (next.op === 'batch-norm') return followers.length === 0 && !usesBatchStatistics(next);
    return first.op !== 'dense' && rectifierOf(next) !== undefined;
  });
  const trained = new Set<string>();
  for (const node of compiled.nodes) {
    const changes = node.op === 'input' ? inputTrains : !isFrozen(node);
    if (changes || node.inputs.some((name) => trained.has(name))) trained.add(node.name);
  }
  const positions = new Map(network.nodes.map(({ name }, index) => [name, index]));
  const constants = createWeightConstants(compiled.weights);
  const layers = createOpaqueLayers(compiled);
  const dropouts = compiled.nodes.filter(
    (node): node is DropoutNode => node.op === 'dropout' && node.rate > 0,
  );
  const shapes = inferShapes(compiled);
  const drawNoise = (rows: number, seed?: number): tf.Tensor[] =>
    dropouts.map(({ name, rate }) => {
      const own = seed === undefined ? undefined : mixSeeds(seed, positions.get(name)!);
      const kept = 1 - rate;
      return tf.tidy(() =>
        tf
          .randomUniform([rows, ...shapes.get(name)!], 0, 1, 'float32', own)
          .add(kept)
          .floor()
          .div(kept),
      );
    });

  const state = new Map<string, tf.Variable>();
  for (const node of compiled.nodes) {
    if (node.op === 'opaque') {
      if (!isFrozen(node)) for (const entry of layers.get(node.name)!.variables) state.set(...entry);
      continue;
    }
    const moves = node.op === 'batch-norm' && usesBatchStatistics(node);
    for (const { name, trainable: hasGradient } of nodeWeights(node)) {
      if (state.has(name) || !(hasGradient ? isTrainable(name) : moves)) continue;
      state.set(name, createVariable(compiled.weights.get(name)!, hasGradient));
    }
  }

  return {
    inputShape: program.inputShape,
    outputShape: program.outputShape,
    variables: new Map([...state].filter(([name]) => isTrainable(name))),
    statistics: [...state].filter(([name]) => !isTrainable(name)).map(([, variable]) => variable),
    isCompilable: layers.size === 0,
    drawNoise,
    run: (batch, { training = false, noise } = {}) =>
      tf.tidy(() => {
        const drawn = training ? (noise ?? drawNoise(batch.shape[0]!)) : [];
        const noises = new Map(drawn.map((tensor, index) => [dropouts[index]!.name, tensor]));
        return runSteps(program, batch, (step, inputs) => {
          const { node, followers } = step;
          const [batchNorm] = followers.filter(({ op }) => op === 'batch-norm') as BatchNormNode[];
          const ownNoise = noises.get(node.name);
          return callOp(trainableTable, node, {
            inputs,
            inputTrains: node.inputs.some((name) => trained.has(name)),
            activation: fusedActivation(step),
            weight: (name) => state.get(name) ?? constants.weight(name),
            isTrainable,
            constant: constants.derived,
            ...(batchNorm && { batchNorm }),
            training,
            usesBatchStatistics,
            ...(ownNoise && { noise: ownNoise }),
            ...(node.op === 'opaque' && { layer: layers.get(node.name)! }),
          });
        });
      }),
    readWeights: async () => {
      const weights = new Map(network.weights);
      for (const [name, variable] of state) {
        const data = Float32Array.from(await variable.data());
        weights.set(name, { shape: weights.get(name)!.shape, data });
      }
      return weights;
    },
    dispose: () => {
      constants.dispose();
      for (const variable of state.values()) variable.dispose();
      for (const layer of layers.values()) layer.dispose();
    },
  };
};
