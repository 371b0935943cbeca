import type { Network, NetworkNode } from '../network/network.js';

/** One thing to compute: a node, and the nodes right behind it that are computed at once with it. */
export interface Step {
  readonly node: NetworkNode;
  readonly followers: readonly NetworkNode[];
  /** The name of the value this step makes. */
  readonly name: string;
  /** Names of the values that nobody needs after this step. */
  readonly releases: readonly string[];
}

/** Whether a node is computed at once with a chain of nodes that ends right before it. */
export type Joins = (chain: readonly NetworkNode[], next: NetworkNode) => boolean;

/** A network's nodes, the input node left out, in chains of those that are computed at once. */
const chainNodes = ({ nodes, output }: Network, joins: Joins): NetworkNode[][] => {
  const uses = new Map<string, number>([[output, 1]]);
  for (const node of nodes) for (const name of node.inputs) uses.set(name, (uses.get(name) ?? 0) + 1);
  const chains: NetworkNode[][] = [];
  const byLast = new Map<string, NetworkNode[]>();
  for (const node of nodes) {
    if (node.op === 'input') continue;
    const [before = ''] = node.inputs;
    const chain = byLast.get(before);
    if (chain && node.inputs.length === 1 && uses.get(before) === 1 && joins(chain, node)) {
      chain.push(node);
      byLast.set(node.name, chain);
      continue;
    }
    const own = [node];
    chains.push(own);
    byLast.set(node.name, own);
  }
  return chains;
};

/**
 * A network's nodes as steps in order, the input node left out. A node joins the chain before it where its last node
 * feeds nobody else and `joins` accepts it.
 */
export const planSteps = (network: Network, joins: Joins): Step[] => {
  const pending = new Set([network.output]);
  const steps: Step[] = [];
  for (const [node, ...followers] of chainNodes(network, joins).toReversed()) {
    const releases = [...new Set(node!.inputs)].filter((name) => !pending.has(name));
    for (const name of releases) pending.add(name);
    steps.unshift({ node: node!, followers, name: followers.at(-1)?.name ?? node!.name, releases });
  }
  return steps;
};
