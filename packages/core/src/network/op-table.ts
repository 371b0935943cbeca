import type { NetworkNode, OpName } from './network.js';
import { networkError } from './network-error.js';

/** The node type of one op. */
export type NodeOf<Op extends OpName> = NetworkNode extends infer Node
  ? Node extends NetworkNode
    ? Op extends Node['op']
      ? Node
      : never
    : never
  : never;

/** One small function for each op: adding an op is one entry in each table, and the compiler finds the missing ones. */
export type OpTable<Arguments extends readonly unknown[], Result> = {
  readonly [Op in OpName]: (node: NodeOf<Op>, ...rest: Arguments) => Result;
};

/**
 * Calls the entry of a node's op; throws `network-invalid` for an op the table doesn't know.
 *
 * @example callOp(flopTable, node, inputShapes)
 */
export const callOp = <Arguments extends readonly unknown[], Result>(
  table: OpTable<Arguments, Result>,
  node: NetworkNode,
  ...rest: Arguments
): Result => {
  if (!Object.hasOwn(table, node.op)) {
    throw networkError(
      node,
      `An op must be one of ${Object.keys(table).join(', ')}.`,
      String((node as { op: unknown }).op),
    );
  }
  const entry = table[node.op] as (node: NetworkNode, ...rest: Arguments) => Result;
  return entry(node, ...rest);
};
