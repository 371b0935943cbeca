import { catalogue, defaultBackboneId } from '@regraft/core';
import { beforeAll, expect, test } from 'vitest';
import { expectBackboneContract } from '../testing/expect-backbone-contract.js';
import { failureOf } from '../testing/failure-of.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { useWasm } from '../testing/use-wasm.js';
import { createWeightSource } from './create-weight-source.js';
import { describeBackbone } from './describe-backbone.js';
import { listBackbones } from './list-backbones.js';
import { loadBackboneByName } from './load-backbone-by-name.js';
import { pullBackbone } from './pull-backbone.js';

beforeAll(useWasm);

const offline = () => createWeightSource({ cacheFolder: temporaryFolder(), allowNetwork: false });

test.each(catalogue.filter(({ source }) => source.kind === 'npm'))('$id holds to its spec', async (spec) => {
  expectBackboneContract(await loadBackboneByName(spec.id, { source: offline() }), spec);
});

test('what is bundled, and what is to be pulled with which command', async () => {
  const listed = await listBackbones(temporaryFolder());
  expect(listed.map(({ spec }) => spec)).toEqual(catalogue);
  for (const { spec, ...rest } of listed) {
    expect(rest).toEqual(
      spec.id === defaultBackboneId
        ? { availability: 'bundled' }
        : { availability: 'pullable', pullCommand: `regraft backbones pull ${spec.id}` },
    );
  }
});

test('the default backbone, block by block', async () => {
  const { spec, blocks, features } = await describeBackbone(defaultBackboneId, { source: offline() });
  expect(features).toBe(1280);
  expect(blocks[0]).toEqual({ name: 'stem', shape: [112, 112, 32], parameters: 896 });
  expect(blocks.at(-1)).toMatchObject({ name: 'head-conv', shape: [1280] });
  expect(blocks.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(spec.parameters);
});

test('pulling what is bundled is done at once; what is not needs the network', async () => {
  expect(await pullBackbone(defaultBackboneId, { source: offline() })).toEqual({
    id: defaultBackboneId,
    bytes: 9_987_728,
    sha256: 'd0a5255bf8c4f5a0bc4240741a76c41d5e939f7655078f945f50ab53a9375da6',
  });
  const error = await failureOf(pullBackbone('efficientnet-lite0.imagenet', { source: offline() }));
  expect(error.code).toBe('backbone-unavailable');
});

test('an unknown name offers the nearest ones', async () => {
  for (const load of [loadBackboneByName, pullBackbone, describeBackbone]) {
    const error = await failureOf(load('efficientnet-lite0'));
    expect(error.code).toBe('backbone-unknown');
    expect(error.hint).toContain('efficientnet-lite0.imagenet');
  }
});
