import { readFileSync } from 'node:fs';
import { gunzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { layersArtifacts } from '../layers/layers-artifacts.js';
import { networkBuilder } from '../testing/network-builder.js';
import { regraftErrorOf } from '../testing/regraft-error-of.js';
import { detectFormat } from './detect-format.js';
import { readNetworkFile } from './read-network-file.js';

const fixture = (path: string): Buffer => readFileSync(new URL(path, import.meta.url));
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const kerasH5 = gunzipSync(fixture('keras-h5/fixtures/keras-2-sequential.h5.gz'));

const tfjs = (): Record<string, Uint8Array> => {
  const builder = networkBuilder([8, 8, 3]);
  const logits = builder.dense(builder.globalPool(builder.conv(builder.input, 4)), 2);
  const { modelJson, weights } = layersArtifacts(builder.finish(builder.activation(logits, 'softmax')));
  return { 'model.json': encode(modelJson), 'weights.bin': weights };
};
const metadata = encode(JSON.stringify({ labels: ['ants', 'bees'] }));

const read = (files: Record<string, Uint8Array>) => readNetworkFile(new Map(Object.entries(files)));
/** Files under a name that says nothing, so that only the content can. */
const readOne = (bytes: Uint8Array) => read({ upload: bytes });

describe('the content says what a file is', () => {
  test.each([
    ['keras-h5', kerasH5],
    ['tflite', fixture('tflite/fixtures/float32.tflite')],
  ] as const)('%s is a network', async (format, bytes) => {
    expect(detectFormat(bytes)).toBe(format);
    expect((await readOne(bytes)).kind).toBe('network');
  });

  test.each([
    ['pytorch', 'pytorch/fixtures/zip.pth'],
    ['pytorch', 'pytorch/fixtures/legacy.pth'],
    ['safetensors', 'safetensors/fixtures/plain.safetensors'],
  ] as const)('%s (%s) is a state dict', async (format, path) => {
    expect(detectFormat(fixture(path))).toBe(format);
    const state = await readOne(fixture(path));
    expect(state).toMatchObject({ kind: 'state-dict', weights: expect.any(Map) });
  });

  test('tfjs files, alone, in a folder, in a zip, under other names', async () => {
    const { 'model.json': modelJson, 'weights.bin': weights } = tfjs();
    const folder = {
      'a/odd name.json': modelJson!,
      'a/weights.bin': weights!,
      'a/.DS_Store': encode('{}'),
      'README.md': encode('hi'),
    };
    for (const files of [tfjs(), folder, { 'x.zip': zipSync(tfjs()) }, { 'y.bin': zipSync(folder) }]) {
      const result = await read(files);
      expect(result).toMatchObject({ kind: 'network', network: { output: expect.any(String) } });
    }
  });

  test('a Teachable Machine export brings its labels', async () => {
    const files = { ...tfjs(), 'metadata.json': metadata };
    expect(await read(files)).toMatchObject({ labels: ['ants', 'bees'] });
    expect(await read({ 'converted_tfjs.zip': zipSync(files) })).toMatchObject({ labels: ['ants', 'bees'] });
  });

  test('a metadata.json of something else is left alone', async () => {
    const result = await read({ ...tfjs(), 'metadata.json': encode('{"author": "me"}') });
    expect(result).toMatchObject({ kind: 'network' });
    expect(result).not.toHaveProperty('labels');
  });

  test('one file of weights among others in a folder', async () => {
    expect(
      (await read({ 'README.md': encode('hi'), 'model.h5': kerasH5, 'tsconfig.json': encode('{ // x') }))
        .kind,
    ).toBe('network');
  });
});

describe('what cannot be read gets a sentence', () => {
  const refused = async (files: Record<string, Uint8Array>) => {
    const { code, message, hint } = await regraftErrorOf(() => read(files));
    return `${code}: ${message} ${hint}`;
  };

  test('no files, hidden files only', async () => {
    expect(await refused({})).toMatch(/^weights-unreadable: .*none/);
    expect(await refused({ '.DS_Store': encode('x') })).toMatch(/^weights-unreadable/);
  });

  test('a format nobody knows', async () => {
    expect(await refused({ 'model.onnx': Uint8Array.of(8, 8, 18, 7) })).toMatch(
      /^weights-unsupported: .*model\.onnx.*Known: tfjs/,
    );
    expect(await refused({ 'empty.h5': new Uint8Array(0) })).toMatch(/^weights-unsupported/);
  });

  test('a .keras archive', async () => {
    const keras = zipSync({
      'config.json': encode('{}'),
      'model.weights.h5': encode('x'),
      'metadata.json': encode('{}'),
    });
    expect(await refused({ 'model.keras': keras })).toMatch(/^weights-unsupported: .*\.keras.*model\.save/);
  });

  test('two models in a folder', async () => {
    expect(await refused({ 'a.h5': kerasH5, 'b.h5': kerasH5 })).toMatch(/one file of weights.*a\.h5, b\.h5/);
    const { 'model.json': modelJson, 'weights.bin': weights } = tfjs();
    expect(
      await refused({ 'a/model.json': modelJson!, 'b/model.json': modelJson!, 'a/weights.bin': weights! }),
    ).toMatch(/one tfjs model/);
  });

  test('model.json without its weights', async () => {
    expect(await refused({ 'model.json': tfjs()['model.json']! })).toMatch(
      /^weights-unreadable: .*"weights\.bin"/,
    );
  });

  test('a zip that leaves itself, a zip cut off, a zip in a zip', async () => {
    expect(await refused({ 'a.zip': zipSync({ '../model.json': encode('{}') }) })).toMatch(/^weights-unsafe/);
    expect(await refused({ 'a.zip': zipSync(tfjs()).subarray(0, 500) })).toMatch(/^weights-unreadable/);
    expect(await refused({ 'a.zip': zipSync({ 'b.zip': zipSync(tfjs()) }) })).toMatch(/^weights-unsupported/);
  });

  test('a pickle that calls a function', async () => {
    expect(await refused({ x: fixture('pytorch/fixtures/malicious-legacy.pth') })).toMatch(/^weights-unsafe/);
  });

  test('broken JSON', async () => {
    expect(await refused({ 'model.json': encode('{"modelTopology": ') })).toMatch(
      /^weights-unreadable: model\.json must be JSON/,
    );
  });
});
