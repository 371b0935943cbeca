import { RegraftError } from '@regraft/errors';
import { inferShapes } from './infer-shapes.js';
import type { Network, NetworkNode, Shape } from './network.js';
import { formatShape, networkError } from './network-error.js';
import { nodeWeights } from './node-weights.js';
import { sizeOf } from './size-of.js';

const invalid = (message: string): RegraftError =>
  new RegraftError({
    code: 'network-invalid',
    message,
    hint: 'The file or the code that made this network is wrong.',
  });

const mergeOps = new Set(['add', 'concatenate', 'multiply']);

const checkArity = (node: NetworkNode): void => {
  if (node.op === 'opaque') return;
  const [least, most] = node.op === 'input' ? [0, 0] : mergeOps.has(node.op) ? [2, Infinity] : [1, 1];
  if (node.inputs.length < least || node.inputs.length > most) {
    const rule = most === Infinity ? `at least ${least} inputs` : `${least} input${least === 1 ? '' : 's'}`;
    throw networkError(node, `It must have ${rule}.`, String(node.inputs.length));
  }
};

/** The only shape a vector weight (bias or batch-norm statistic) may have; undefined where the op leaves it open. */
const vectorShape = (node: NetworkNode, output: Shape, role: string): Shape | undefined =>
  role === 'kernel' || node.op === 'opaque' ? undefined : [output.at(-1)!];

const checkWeights = (node: NetworkNode, output: Shape, weights: Network['weights']): void => {
  for (const { role, name } of nodeWeights(node)) {
    const weight = weights.get(name);
    if (weight === undefined)
      throw networkError(node, `Its ${role} must be among the weights.`, `no "${name}"`);
    const expected = vectorShape(node, output, role);
    if (expected !== undefined && formatShape(weight.shape) !== formatShape(expected)) {
      throw networkError(
        node,
        `Its ${role} "${name}" must be ${formatShape(expected)}.`,
        formatShape(weight.shape),
      );
    }
    if (weight.data.length !== sizeOf(weight.shape)) {
      throw networkError(
        node,
        `"${name}" of shape ${formatShape(weight.shape)} must hold ${sizeOf(weight.shape)} values.`,
        String(weight.data.length),
      );
    }
  }
};

/**
 * Throws `network-invalid` unless names are unique, nodes stand in topological order with one input node,
 * every shape fits, and every weight is present in the right shape.
 *
 * @example validateNetwork(network);
 */
export const validateNetwork = (network: Network): void => {
  const names = new Set<string>();
  for (const node of network.nodes) {
    if (names.has(node.name)) throw networkError(node, 'Node names must be unique.', 'the name twice');
    names.add(node.name);
    checkArity(node);
  }
  const inputs = network.nodes.filter(({ op }) => op === 'input').length;
  if (inputs !== 1)
    throw invalid(
      `A network must have exactly one input node. Received: ${inputs} in network "${network.name}".`,
    );
  if (!names.has(network.output))
    throw invalid(
      `A network's output must be one of its nodes. Received: "${network.output}" in network "${network.name}".`,
    );
  const shapes = inferShapes(network);
  for (const node of network.nodes) checkWeights(node, shapes.get(node.name)!, network.weights);
};
