import type { Network, NetworkNode } from '../network/network.js';

/** One thing to compute: a node, and the node right behind it when both are computed at once. */
export interface Step {
  readonly node: NetworkNode;
  readonly follower?: NetworkNode;
  /** The name of the value this step makes. */
  readonly name: string;
  /** Names of the values that nobody needs after this step. */
  readonly releases: readonly string[];
}

/**
 * A network's nodes as steps in order, the input node left out. A node joins the one before it where that one feeds
 * nobody else and `joins` accepts the pair.
 */
export const planSteps = (
  { nodes, output }: Network,
  joins: (first: NetworkNode, second: NetworkNode) => boolean,
): Step[] => {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const uses = new Map<string, number>([[output, 1]]);
  for (const node of nodes) for (const name of node.inputs) uses.set(name, (uses.get(name) ?? 0) + 1);

  const joined = new Map<string, NetworkNode>();
  for (const second of nodes) {
    const first = byName.get(second.inputs[0] ?? '');
    if (first && second.inputs.length === 1 && uses.get(first.name) === 1 && joins(first, second)) {
      joined.set(first.name, second);
    }
  }
  const followers = new Set([...joined.values()].map(({ name }) => name));
  const plain = nodes
    .filter(({ op, name }) => op !== 'input' && !followers.has(name))
    .map((node) => {
      const follower = joined.get(node.name);
      return follower ? { node, follower, name: follower.name } : { node, name: node.name };
    });

  const pending = new Set([output]);
  const steps: Step[] = [];
  for (const step of plain.toReversed()) {
    const releases = [...new Set(step.node.inputs)].filter((name) => !pending.has(name));
    for (const name of releases) pending.add(name);
    steps.unshift({ ...step, releases });
  }
  return steps;
};
