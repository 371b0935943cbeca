import { RegraftError } from '@regraft/errors';
import { unfreezeAll } from '../grafting/freeze-plan.js';
import { graft, separateHead } from '../grafting/graft.js';
import { replaceHead } from '../grafting/head-plan.js';
import type { Model } from '../grafting/model.js';
import type { Block } from '../network/find-blocks.js';
import { isLinear, type LinearNode } from '../network/is-linear.js';
import type { BatchNormNode, Network, NetworkNode, Weight } from '../network/network.js';
import { nodeWeights } from '../network/node-weights.js';
import { pruneNetwork } from '../network/prune-network.js';
import { drawNormal } from '../statistics/draw-normal.js';
import { randomGenerator } from './random-generator.js';

const epsilon = 1e-3;

/** A batch-norm that takes the name of the convolution it follows, so that whoever reads the one reads the other. */
const normaliseConvolution = (node: LinearNode): readonly [LinearNode, BatchNormNode] => {
  const { bias: _, ...linear } = { ...node, name: `${node.name}/untrained` };
  const weight = (role: string): string => `${node.name}/untrained-${role}`;
  return [
    linear,
    {
      op: 'batch-norm',
      name: node.name,
      inputs: [linear.name],
      gamma: weight('gamma'),
      beta: weight('beta'),
      mean: weight('mean'),
      variance: weight('variance'),
      epsilon,
    },
  ];
};

const isNormalised = (node: NetworkNode, { nodes }: Network): boolean =>
  nodes.some((other) => other.op === 'batch-norm' && other.inputs[0] === node.name);

/** What goes into one output of a kernel: its window times the channels that it sums over. */
const fanIn = (node: LinearNode, { shape }: Weight): number => {
  const summed = node.op === 'depthwise-conv2d' ? shape.slice(0, 2) : shape.slice(0, -1);
  return summed.reduce((product, length) => product * length, 1);
};

const drawKernel = (kernel: Weight, fan: number, seed: number, name: string): Weight => {
  const generator = randomGenerator(seed, 'untrained', name);
  const deviation = Math.sqrt(2 / fan);
  return { shape: kernel.shape, data: kernel.data.map(() => deviation * drawNormal(generator)) };
};

const filled = (length: number, value: number): Weight => ({
  shape: [length],
  data: new Float32Array(length).fill(value),
});

const initialValue = { gamma: 1, beta: 0, mean: 0, variance: 1, bias: 0 } as const;

/** Nodes with a batch-norm behind every convolution, each still under the block that had it. */
const normalisedNodes = (network: Network): ReadonlyMap<string, readonly NetworkNode[]> =>
  new Map(
    network.nodes.map((node) => [
      node.name,
      isLinear(node) && node.op !== 'dense' && !isNormalised(node, network)
        ? normaliseConvolution(node)
        : [node],
    ]),
  );

const drawWeights = (nodes: readonly NetworkNode[], { weights }: Network, seed: number) => {
  const drawn = new Map<string, Weight>();
  let channels = 0;
  for (const node of nodes) {
    if (node.op === 'opaque') {
      throw new RegraftError({
        code: 'weights-unsupported',
        message: `Weights are drawn afresh for layers that Regraft knows. Received: "${node.name}", a ${node.className}.`,
        hint: 'Compare without training from scratch.',
      });
    }
    if (isLinear(node)) {
      const kernel = weights.get(node.kernel)!;
      drawn.set(node.kernel, drawKernel(kernel, fanIn(node, kernel), seed, node.kernel));
      const [last = 1, before = 1] = [...kernel.shape].reverse();
      channels = node.op === 'depthwise-conv2d' ? last * before : last;
    }
    for (const { role, name } of nodeWeights(node)) {
      if (!(role in initialValue)) continue;
      const length = weights.get(name)?.data.length ?? channels;
      drawn.set(name, filled(length, initialValue[role as keyof typeof initialValue]));
    }
  }
  return drawn;
};

/**
 * A model's architecture and labels with weights that have seen nothing, all to be trained: what training from scratch
 * starts from. Kernels are normal with variance 2 / fan-in (He, Zhang, Ren and Sun, "Delving deep into rectifiers",
 * 2015); a batch-norm stands behind every convolution, also where the trained one's was folded away, for without it such
 * depths hardly train (Ioffe and Szegedy 2015). The same seed gives the same weights. Throws `weights-unsupported` for an
 * opaque layer.
 *
 * @example train(untrainedModel(model, 7), data, { batchNorm: 'train', headFirst: false, keepStart: false });
 */
export const untrainedModel = (model: Model, seed: number): Model => {
  const { features } = separateHead(model);
  const replaced = normalisedNodes(features);
  const nodes = features.nodes.flatMap(({ name }) => replaced.get(name)!);
  const inBlock = (block: Block): Block => ({
    ...block,
    nodes: block.nodes.flatMap((name) => replaced.get(name)!.map((node) => node.name)),
  });
  return graft(
    {
      ...model.backbone,
      preprocessing: model.preprocessing,
      network: pruneNetwork({ ...features, nodes, weights: drawWeights(nodes, features, seed) }),
      blocks: model.blocks.slice(0, -1).map(inBlock),
    },
    { head: replaceHead(model.labels), freeze: unfreezeAll() },
  );
};
