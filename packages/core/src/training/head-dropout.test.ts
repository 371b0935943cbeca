import { expect, test } from 'vitest';
import { createHead } from '../grafting/linear-head.js';
import { validateNetwork } from '../network/validate-network.js';
import { withHeadDropout } from './head-dropout.js';

test.each([0, 0.4])("puts its dropout in the place of the head's own (%f)", (own) => {
  const network = withHeadDropout(createHead(4, 2, own), 'head/input', 0.25);
  validateNetwork(network);
  const rates = network.nodes.flatMap((node) => (node.op === 'dropout' ? [node.rate] : []));
  expect(rates).toEqual(own > 0 ? [0.25, 0] : [0.25]);
});
