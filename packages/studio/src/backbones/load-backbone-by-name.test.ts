import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { families, layersArtifacts, parameterCount, type Weight, writeSafetensors } from '@regraft/core';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { failureOf } from '../testing/failure-of.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { loadBackboneByName } from './load-backbone-by-name.js';

const tiny = families['mobilenet-v2']!.build({ alpha: 0.1, classes: 3 });
const weights = writeSafetensors(tiny.weights);

test('a file of weights of a known family', async () => {
  const folder = temporaryFolder({ 'My Model.safetensors': weights });
  const path = join(folder, 'My Model.safetensors');
  const backbone = await loadBackboneByName(path);
  expect(backbone.id).toBe('my-model.local');
  expect(backbone.spec).toMatchObject({
    title: 'My Model.safetensors',
    architecture: 'mobilenet-v2',
    features: 1280,
    licence: 'unknown',
    source: { kind: 'file', path, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  expect(backbone.preprocessing).toMatchObject({ size: [224, 224], mean: [127.5, 127.5, 127.5] });
  expect(parameterCount(backbone.classifier!)).toBe(1281 * 3);
  expect(backbone.warnings).toEqual([]);
});

test('a folder that holds one weight file', async () => {
  const folder = temporaryFolder({ 'weights.safetensors': weights, 'README.md': 'about' });
  expect((await loadBackboneByName(folder)).spec.architecture).toBe('mobilenet-v2');
});

test('the format is told by the content, not by the name', async () => {
  const path = join(temporaryFolder({ 'weights.bin': weights }), 'weights.bin');
  expect((await loadBackboneByName(path)).spec.features).toBe(1280);
});

test('a tfjs model by its folder, its model.json or a zip of it is one and the same', async () => {
  const { modelJson, weights: values } = layersArtifacts(tiny);
  const model = JSON.parse(modelJson) as { weightsManifest: [{ paths: string[] }] };
  model.weightsManifest[0].paths = ['shards/1.bin', 'shards/2.bin'];
  const files = {
    'model.json': new TextEncoder().encode(JSON.stringify(model)),
    'shards/1.bin': values.subarray(0, 1001),
    'shards/2.bin': values.subarray(1001),
  };
  const folder = temporaryFolder({ ...files, 'other/photo.jpg': 'jpeg' });
  writeFileSync(join(folder, 'tiny.zip'), zipSync(files));
  const loaded = await Promise.all(
    [folder, join(folder, 'model.json'), join(folder, 'tiny.zip')].map((path) => loadBackboneByName(path)),
  );
  expect(new Set(loaded.map(({ sha256 }) => sha256)).size).toBe(1);
  expect(loaded[0]!.spec.features).toBe(1280);
});

test('a shard that leaves the folder is not read', async () => {
  const folder = temporaryFolder({
    'model/model.json':
      '{"modelTopology": {}, "weightsManifest": [{"paths": ["../secret.bin"], "weights": []}]}',
    'secret.bin': 'secret',
  });
  const error = await failureOf(loadBackboneByName(join(folder, 'model')));
  expect(error.code).toMatch(/^weights-/);
});

test('a truncated weight file is unreadable', async () => {
  const path = join(temporaryFolder({ 'cut.safetensors': weights.subarray(0, 50_000) }), 'cut.safetensors');
  expect((await failureOf(loadBackboneByName(path))).code).toBe('weights-unreadable');
});

test('a missing file is not found', async () => {
  const error = await failureOf(loadBackboneByName('models/missing.tflite'));
  expect(error.code).toBe('data-not-found');
  expect(error.message).toContain('models/missing.tflite');
});

test('a folder without a model says what it should hold', async () => {
  const folder = temporaryFolder({ 'cats/1.jpg': 'jpeg' });
  const error = await failureOf(loadBackboneByName(folder));
  expect(error.code).toBe('weights-unreadable');
  expect(error.message).toContain('model.json');
});

test('a folder of several weight files names them', async () => {
  const folder = temporaryFolder({ 'a.tflite': 'x', 'b.pth': 'y' });
  const error = await failureOf(loadBackboneByName(folder));
  expect(error.message).toContain('a.tflite, b.pth');
});

test('weights of no known family name some of them and the known families', async () => {
  const weight: Weight = { shape: [2], data: Float32Array.of(1, 2) };
  const path = join(temporaryFolder(), 'other.safetensors');
  writeFileSync(path, writeSafetensors(new Map([['encoder.layer.0.weight', weight]])));
  const error = await failureOf(loadBackboneByName(path));
  expect(error.code).toBe('weights-unsupported');
  expect(error.message).toContain('encoder.layer.0.weight');
  expect(error.message).toContain('MobileNet v2');
});

test('a pickle that calls a function is refused, and nothing runs', async () => {
  const folder = temporaryFolder();
  const marker = join(folder, 'was-here');
  const path = join(folder, 'evil.pth');
  writeFileSync(
    path,
    `\u0080\u0002cposix\nsystem\n(U${String.fromCharCode(6 + marker.length)}touch ${marker}tR.`,
    'latin1',
  );
  const error = await failureOf(loadBackboneByName(path));
  expect(error).toMatchObject({ code: 'weights-unsafe', details: { callable: 'posix.system' } });
  expect(existsSync(marker)).toBe(false);
});

test('an aborted signal stops it', async () => {
  const path = join(temporaryFolder({ 'weights.safetensors': weights }), 'weights.safetensors');
  const error = await failureOf(loadBackboneByName(path, { signal: AbortSignal.abort() }));
  expect(error.code).toBe('cancelled');
});
