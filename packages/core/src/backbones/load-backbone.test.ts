import { readFileSync } from 'node:fs';
import { RegraftError } from '@regraft/errors';
import { expect, test } from 'vitest';
import { parameterCount } from '../network/parameter-count.js';
import { npmWeightSource } from '../testing/npm-weight-source.js';
import type { BackboneDescription } from './backbone-from-network.js';
import { defaultBackboneId } from './catalogue.js';
import { findBackboneSpec } from './find-backbone-spec.js';
import { loadBackbone } from './load-backbone.js';
import type { WeightSource } from './weight-source.js';

const failure = async (loading: Promise<unknown>): Promise<RegraftError> => {
  const error: unknown = await loading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof RegraftError) return error;
  throw new Error(`Not a RegraftError: ${String(error)}`);
};

const sourceOf = (bytes: Uint8Array): WeightSource => ({ fetch: async () => bytes });

test('the embedded backbone is what its spec says', async () => {
  const backbone = await loadBackbone(defaultBackboneId, { source: npmWeightSource });
  expect(backbone.spec).toEqual(findBackboneSpec(defaultBackboneId));
  expect(parameterCount(backbone.network)).toBe(2_206_816);
  expect(backbone.network.nodes[0]).toMatchObject({ op: 'input', shape: [224, 224, 3] });
  expect(backbone.blocks.map(({ name }) => name)).toEqual([
    'stem',
    ...Array.from({ length: 17 }, (_, index) => `block-${index + 1}`),
    'head-conv',
  ]);
  expect(backbone.warnings).toEqual([]);
  expect(backbone.classifier).toBeUndefined();
  const again = await loadBackbone(defaultBackboneId, { source: npmWeightSource });
  expect(again.sha256).toBe(backbone.sha256);
});

test('bytes of another sha256 are refused with both', async () => {
  const spec = findBackboneSpec(defaultBackboneId);
  const bytes = (await npmWeightSource.fetch(spec.source)).slice();
  bytes[5_000_000]! ^= 1;
  const error = await failure(loadBackbone(defaultBackboneId, { source: sourceOf(bytes) }));
  expect(error.code).toBe('checksum-mismatch');
  expect(error.message).toContain('d0a5255bf8c4f5a0');
  expect(error.details).toMatchObject({
    expected: spec.source.sha256,
    received: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('a truncated file without a known sha256 is unreadable', async () => {
  const whole = readFileSync(new URL('../formats/pytorch/fixtures/legacy.pth', import.meta.url));
  const description: BackboneDescription = {
    ...findBackboneSpec('efficientnet-lite0.imagenet'),
    source: { kind: 'file', path: 'lite0.pth' },
  };
  const error = await failure(
    loadBackbone(description, { source: sourceOf(whole.subarray(0, whole.length - 9)) }),
  );
  expect(error.code).toBe('weights-unreadable');
});

test('an unknown id offers the nearest', async () => {
  const error = await failure(loadBackbone('mobilenet-v2.openimage', { source: npmWeightSource }));
  expect(error.code).toBe('backbone-unknown');
  expect(error.hint).toContain('mobilenet-v2.openimages');
});

test('an aborted signal stops it', async () => {
  const error = await failure(
    loadBackbone(defaultBackboneId, { source: npmWeightSource, signal: AbortSignal.abort() }),
  );
  expect(error.code).toBe('cancelled');
});
