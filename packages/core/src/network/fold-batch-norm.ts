import { batchNormAffine, type ChannelAffine } from './batch-norm-affine.js';
import { isLinear, type LinearNode } from './is-linear.js';
import type { BatchNormNode, Network, Weight } from './network.js';
import { pruneNetwork } from './prune-network.js';

/** In all three linear ops the output channel runs fastest in the kernel. */
const foldInto = (
  kernel: Weight,
  bias: Weight | undefined,
  { scale, offset }: ChannelAffine,
): { kernel: Weight; bias: Weight } => ({
  kernel: {
    shape: kernel.shape,
    data: kernel.data.map((value, index) => value * scale[index % scale.length]!),
  },
  bias: {
    shape: [scale.length],
    data: Float32Array.from(scale, (value, channel) => (bias?.data[channel] ?? 0) * value + offset[channel]!),
  },
});

/**
 * The network with each batch-norm that directly follows a convolution or dense folded into its weights (Jacob et
 * al. 2018, section 3.2). The folded node takes the batch-norm's name, so every name that is left keeps its value.
 * With `only`, folds just the batch-norms it accepts.
 *
 * @example compile(foldBatchNorm(network));
 */
export const foldBatchNorm = (
  network: Network,
  only: (batchNorm: BatchNormNode, linear: LinearNode) => boolean = () => true,
): Network => {
  const uses = new Map<string, number>([[network.output, 1]]);
  for (const node of network.nodes) for (const name of node.inputs) uses.set(name, (uses.get(name) ?? 0) + 1);

  const nodes = new Map(network.nodes.map((node) => [node.name, node]));
  const weights = new Map(network.weights);
  for (const node of network.nodes) {
    if (node.op !== 'batch-norm') continue;
    const linear = nodes.get(node.inputs[0]!)!;
    if (!isLinear(linear) || uses.get(linear.name)! > 1 || !only(node, linear)) continue;
    const folded = foldInto(
      weights.get(linear.kernel)!,
      linear.bias === undefined ? undefined : weights.get(linear.bias),
      batchNormAffine(node, weights),
    );
    const names = { kernel: `${node.name}/folded-kernel`, bias: `${node.name}/folded-bias` };
    weights.set(names.kernel, folded.kernel).set(names.bias, folded.bias);
    nodes.delete(linear.name);
    nodes.set(node.name, { ...linear, ...names, name: node.name });
  }
  return pruneNetwork({ ...network, nodes: [...nodes.values()], weights });
};
