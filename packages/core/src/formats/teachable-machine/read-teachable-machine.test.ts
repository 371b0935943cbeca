import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { layersArtifacts } from '../../layers/layers-artifacts.js';
import { networkBuilder } from '../../testing/network-builder.js';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { unzipFiles } from '../unzip-files.js';
import { readTeachableMachine } from './read-teachable-machine.js';

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const exported = (metadata: unknown, channels = 3): Map<string, Uint8Array> => {
  const builder = networkBuilder([32, 24, channels]);
  const logits = builder.dense(builder.globalPool(builder.conv(builder.input, 4)), 2);
  const { modelJson, weights } = layersArtifacts(builder.finish(builder.activation(logits, 'softmax')));
  return new Map([
    ['metadata.json', encode(metadata)],
    ['model.json', new TextEncoder().encode(modelJson)],
    ['weights.bin', weights],
  ]);
};

const metadata = { packageName: '@teachablemachine/image', labels: ['ants', 'bees'], imageSize: 32 };

test('labels, and the preprocessing of its own library at the size of the network', () => {
  const { labels, preprocessing, warnings } = readTeachableMachine(exported(metadata));
  expect(labels).toEqual(['ants', 'bees']);
  expect(preprocessing).toEqual({
    size: [32, 24],
    fit: 'cover',
    interpolation: 'linear',
    mean: [127, 127, 127],
    deviation: [127, 127, 127],
  });
  expect(warnings).toEqual([]);
});

test('from a zip, inside a folder, beside what macOS adds', () => {
  const files = [...exported(metadata)].flatMap(([name, bytes]): [string, Uint8Array][] => [
    [`my-model/${name}`, bytes],
    [`__MACOSX/${name}`, Uint8Array.of(0, 5, 22, 7)],
  ]);
  expect(readTeachableMachine(unzipFiles(zipSync(Object.fromEntries(files)))).labels).toEqual([
    'ants',
    'bees',
  ]);
});

test.each([
  ['metadata.json', 'weights-unreadable'],
  ['model.json', 'weights-unreadable'],
  ['weights.bin', 'weights-unreadable'],
])('without %s it says so', async (name, code) => {
  const files = exported(metadata);
  files.delete(name);
  const error = await regraftErrorOf(() => readTeachableMachine(files));
  expect(error.code).toBe(code);
  expect(error.message).toContain(name);
});

test.each([
  ['three labels for two outputs', { labels: ['a', 'b', 'c'] }, 3, 'weights-mismatch'],
  ['no labels', {}, 3, 'weights-unreadable'],
  ['a pose model', { packageName: '@teachablemachine/pose', labels: ['a', 'b'] }, 3, 'weights-unsupported'],
  ['grey images', metadata, 1, 'weights-unsupported'],
])('%s', async (_name, content, channels, code) => {
  expect((await regraftErrorOf(() => readTeachableMachine(exported(content, channels)))).code).toBe(code);
});
