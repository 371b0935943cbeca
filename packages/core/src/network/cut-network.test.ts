import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networkBuilder } from '../testing/network-builder.js';
import { randomNetwork } from '../testing/random-network.js';
import { composeNetworks } from './compose-networks.js';
import { cutNetwork } from './cut-network.js';
import { findBoundaries } from './find-boundaries.js';
import { validateNetwork } from './validate-network.js';

test('trunk and tail are valid and compose to the network again, at every cut', () => {
  fc.assert(
    fc.property(randomNetwork, (network) => {
      for (const boundary of findBoundaries(network)) {
        const { trunk, tail } = cutNetwork(network, boundary);
        validateNetwork(trunk);
        validateNetwork(tail);
        expect(composeNetworks(trunk, tail)).toEqual(network);
      }
    }),
  );
});

test('a cut inside a residual unit is refused', () => {
  const builder = networkBuilder([6, 6, 2]);
  const inner = builder.conv(builder.input, 2);
  const network = builder.finish(builder.merge('add', builder.input, inner));
  expect(() => cutNetwork(network, inner)).toThrow(/every path goes through.*"conv2d-1"/);
});

test('networks that do not fit or share names do not compose', () => {
  const first = networkBuilder([6, 6, 2]);
  const backbone = first.finish(first.globalPool(first.conv(first.input, 5)));
  const second = networkBuilder([4]);
  expect(() => composeNetworks(backbone, second.finish(second.dense(second.input, 2)))).toThrow(
    /\[5\].*\[4\]/,
  );
  const third = networkBuilder([5]);
  const head = third.finish(third.dense(third.input, 2));
  expect(() => composeNetworks(backbone, head)).toThrow(/weight "1\/kernel" in both/);
});
