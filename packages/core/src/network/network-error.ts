import { RegraftError } from '@regraft/errors';
import type { NetworkNode } from './network.js';

/** A `network-invalid` error that names the node, its op, the rule and what was found. */
export const networkError = (node: NetworkNode, rule: string, received: string): RegraftError =>
  new RegraftError({
    code: 'network-invalid',
    message: `Node "${node.name}" (${node.op}): ${rule} Received: ${received}`,
    hint: 'The file or the code that made this network is wrong at that node.',
    details: { node: node.name, op: node.op },
  });

/** `[7, 7, 512]` as people read it. */
export const formatShape = (shape: readonly number[]): string => `[${shape.join(', ')}]`;
