import { RegraftError } from '@regraft/errors';
import { inferShapes } from './infer-shapes.js';
import type { Network } from './network.js';
import { formatShape } from './network-error.js';

const clash = (kind: string, name: string): RegraftError =>
  new RegraftError({
    code: 'network-invalid',
    message: `Networks that are composed must not share names. Received: ${kind} "${name}" in both.`,
    hint: `Rename the ${kind} in one of them.`,
    details: { name },
  });

/**
 * One network that feeds the first one's output to the second one's input; the second one's input node goes away.
 * A weight may stand in both only if it is the same object.
 *
 * @example const model = composeNetworks(backbone.network, head);
 */
export const composeNetworks = (first: Network, second: Network): Network => {
  const entry = second.nodes.find((node) => node.op === 'input');
  const shape = inferShapes(first).get(first.output);
  if (entry === undefined || shape === undefined || formatShape(entry.shape) !== formatShape(shape)) {
    throw new RegraftError({
      code: 'network-invalid',
      message: `The second network must take what the first one gives, ${formatShape(shape ?? [])}. Received: ${formatShape(entry?.shape ?? [])}.`,
      hint: 'Build the second network for that shape.',
    });
  }
  const names = new Set(first.nodes.map(({ name }) => name));
  const rewire = (name: string): string => (name === entry.name ? first.output : name);
  const added = second.nodes
    .filter((node) => node !== entry)
    .map((node) => ({ ...node, inputs: node.inputs.map(rewire) }));
  for (const { name } of added) if (names.has(name)) throw clash('node', name);
  for (const [name, weight] of second.weights) {
    if (first.weights.has(name) && first.weights.get(name) !== weight) throw clash('weight', name);
  }
  return {
    name: first.name,
    nodes: [...first.nodes, ...added],
    output: rewire(second.output),
    weights: new Map([...first.weights, ...second.weights]),
  };
};
