import type { Network, NetworkNode } from '../network/network.js';

const nodeName = 'head/training-dropout';

/** The network with this share dropped of what `features`, the node below its head, gives the head. */
export const withHeadDropout = (network: Network, features: string, rate: number): Network => {
  const position = network.nodes.findIndex(({ name }) => name === features);
  const dropout: NetworkNode = { op: 'dropout', name: nodeName, inputs: [features], rate };
  const above = network.nodes.slice(position + 1).map((node) => {
    const inputs = node.inputs.map((name) => (name === features ? nodeName : name));
    const isReplaced = node.op === 'dropout' && node.inputs[0] === features;
    return { ...node, inputs, ...(isReplaced && { rate: 0 }) } as NetworkNode;
  });
  return { ...network, nodes: [...network.nodes.slice(0, position + 1), dropout, ...above] };
};
