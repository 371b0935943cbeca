import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { StateDict } from '../formats/state-dict.js';
import { cutNetwork } from '../network/cut-network.js';
import { sizeOf } from '../network/size-of.js';
import { formulaImage } from '../testing/formula-image.js';
import { relativeDifference } from '../testing/relative-difference.js';
import { runNetwork } from '../testing/run-network.js';
import { useBackend } from '../testing/use-backend.js';
import { families } from './families.js';
import { fillFamily } from './fill-family.js';

/** What `fixtures/make-references.py` writes. */
interface Reference {
  readonly family: string;
  readonly hyperParameters: { readonly inputSize: number; readonly [name: string]: unknown };
  readonly weights: Readonly<Record<string, { shape: number[]; offset: number; scale: number }>>;
  readonly pooled: readonly number[];
  readonly logits: readonly number[];
}

const formulaWeights = ({ weights }: Reference): StateDict =>
  new Map(
    Object.entries(weights).map(([name, { shape, offset, scale }], k) => {
      const data = new Float32Array(sizeOf(shape));
      for (let i = 0; i < data.length; i++) {
        data[i] = offset + scale * (((7919 * i + 104729 * (k + 1)) % 2003) / 1001.5 - 1);
      }
      return [name, { shape, data }];
    }),
  );

beforeAll(() => useBackend('wasm'));

describe.each([
  'keras-mobilenet-v1',
  'keras-mobilenet-v2',
  'torchvision-mobilenet-v2',
  'efficientnet-lite0',
  'efficientnet-lite2',
])('%s', (name) => {
  const reference: Reference = JSON.parse(
    readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'),
  );
  const { hyperParameters, pooled, logits } = reference;
  const stateDict = formulaWeights(reference);

  test('computes what the original computes', () => {
    const { network, warnings } = fillFamily(families[reference.family]!, hyperParameters, stateDict);
    expect(warnings).toEqual([]);
    const side = hyperParameters.inputSize;
    const image = formulaImage(side, side);
    const pool = network.nodes.find(({ op }) => op === 'global-average-pool')!.name;
    const logitsNode = network.nodes.at(-2)!.name;
    expect(relativeDifference(runNetwork(cutNetwork(network, pool).trunk, image), pooled)).toBeLessThan(1e-4);
    expect(relativeDifference(runNetwork(cutNetwork(network, logitsNode).trunk, image), logits)).toBeLessThan(
      1e-4,
    );
  });
});
