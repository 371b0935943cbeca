import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { layersArtifacts } from '../../layers/layers-artifacts.js';
import type { Weight } from '../../network/network.js';
import { networkBuilder } from '../../testing/network-builder.js';
import { randomNetwork } from '../../testing/random-network.js';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { useBackend } from '../../testing/use-backend.js';
import { readTfjsLayers } from './read-tfjs-layers.js';
import { readTfjsLayersFiles } from './read-tfjs-layers-files.js';

beforeAll(() => useBackend('cpu'));

const topology = {
  class_name: 'Sequential',
  config: {
    name: 'model',
    layers: [
      { class_name: 'InputLayer', config: { name: 'image', batch_input_shape: [null, 1, 1, 2] } },
      { class_name: 'Conv2D', config: { name: 'conv', use_bias: false, filters: 2, kernel_size: [1, 1] } },
    ],
  },
};

const modelJson = (entry: Record<string, unknown>, extra: Record<string, unknown> = {}) => ({
  format: 'layers-model',
  modelTopology: topology,
  weightsManifest: [
    { paths: ['weights.bin'], weights: [{ name: 'conv/kernel', shape: [1, 1, 2, 2], ...entry }] },
  ],
  ...extra,
});

const kernelOf = (entry: Record<string, unknown>, data: Uint8Array): Weight =>
  readTfjsLayers(modelJson(entry), data).network.weights.get('conv/kernel')!;

const bytesOf = (values: Float32Array | Int32Array | Uint16Array): Uint8Array =>
  new Uint8Array(values.buffer);

describe('weights of every kind become float32', () => {
  const values = [1, -2, 0.5, 3];
  test('float32, from bytes at an odd address of a Node buffer', () => {
    const data = Buffer.concat([Buffer.of(0), bytesOf(Float32Array.from(values))]).subarray(1);
    expect([...kernelOf({ dtype: 'float32' }, data).data]).toEqual(values);
  });

  test('int32 and bool', () => {
    expect([...kernelOf({ dtype: 'int32' }, bytesOf(Int32Array.of(1, -2, 3, 4))).data]).toEqual([
      1, -2, 3, 4,
    ]);
    expect([...kernelOf({ dtype: 'bool' }, Uint8Array.of(1, 0, 0, 1)).data]).toEqual([1, 0, 0, 1]);
  });

  test('uint8 and uint16 are scaled', () => {
    const quantization = { dtype: 'uint8', scale: 0.5, min: -1 };
    expect([...kernelOf({ dtype: 'float32', quantization }, Uint8Array.of(0, 1, 2, 255)).data]).toEqual([
      -1, -0.5, 0, 126.5,
    ]);
    const wide = { ...quantization, dtype: 'uint16' };
    expect([
      ...kernelOf({ dtype: 'float32', quantization: wide }, bytesOf(Uint16Array.of(0, 1, 2, 65535))).data,
    ]).toEqual([-1, -0.5, 0, 32766.5]);
  });

  test('float16 is widened', () => {
    const quantization = { dtype: 'float16' };
    const data = bytesOf(Uint16Array.of(0x3c00, 0xc000, 0x3800, 0x4200));
    expect([...kernelOf({ dtype: 'float32', quantization }, data).data]).toEqual(values);
  });

  test('strings are refused', async () => {
    const error = await regraftErrorOf(() => kernelOf({ dtype: 'string' }, new Uint8Array(16)));
    expect(error).toMatchObject({
      code: 'weights-unsupported',
      message: expect.stringContaining('string for "conv/kernel"'),
    });
  });
});

test('the order of the manifest and shards in several files', () => {
  const parts = [Float32Array.of(1, 2), Float32Array.of(3, 4)].map(bytesOf);
  const json = {
    ...modelJson({ dtype: 'float32' }),
    weightsManifest: [
      {
        paths: ['a.bin', './b.bin'],
        weights: [{ name: 'conv/kernel', shape: [1, 1, 2, 2], dtype: 'float32' }],
      },
    ],
  };
  const files = new Map([
    ['my model/b.bin', parts[1]!],
    ['my model/model.json', new TextEncoder().encode(JSON.stringify(json))],
    ['my model/a.bin', parts[0]!],
  ]);
  const { network } = readTfjsLayersFiles(files, 'my model/model.json');
  expect([...network.weights.get('conv/kernel')!.data]).toEqual([1, 2, 3, 4]);
  files.delete('my model/a.bin');
  expect(() => readTfjsLayersFiles(files, 'my model/model.json')).toThrow(/"a\.bin"/);
});

test('the topology of the Keras converter', () => {
  const json = modelJson(
    { dtype: 'float32' },
    { modelTopology: { keras_version: '2.4.0', backend: 'tensorflow', model_config: topology } },
  );
  expect(readTfjsLayers(json, new ArrayBuffer(16)).network.nodes.map(({ op }) => op)).toEqual([
    'input',
    'conv2d',
  ]);
});

describe('refusals', () => {
  test.each([
    ['a graph model', { format: 'graph-model', modelTopology: { node: [] }, weightsManifest: [] }],
    ['a graph model without a format', { modelTopology: { node: [{}] }, weightsManifest: [] }],
  ])('%s', async (_name, json) => {
    const error = await regraftErrorOf(() => readTfjsLayers(json, new Uint8Array(0)));
    expect(error).toMatchObject({
      code: 'weights-unsupported',
      hint: expect.stringContaining('tfjs_layers_model'),
    });
  });

  test.each([null, 7, 'x', {}, { modelTopology: {} }, { modelTopology: {}, weightsManifest: [{}] }])(
    'another JSON: %j',
    async (json) => {
      expect((await regraftErrorOf(() => readTfjsLayers(json, new Uint8Array(0)))).code).toBe(
        'weights-unreadable',
      );
    },
  );

  test('cut-off weights, and weights of another model', async () => {
    const read = (length: number) => () => kernelOf({ dtype: 'float32' }, new Uint8Array(length));
    expect((await regraftErrorOf(read(15))).code).toBe('weights-unreadable');
    expect((await regraftErrorOf(read(20))).code).toBe('weights-mismatch');
  });
});

describe('what layersArtifacts wrote', () => {
  const builder = networkBuilder([6, 6, 2]);
  const padding = { top: 0, bottom: 1, left: 0, right: 1 };
  const convolution = builder.conv(builder.input, 3, { padding, strides: [2, 2] });
  const network = builder.finish(
    builder.activation(builder.batchNorm(convolution, { gamma: false }), 'hard-swish'),
  );
  const { modelJson: text, weights } = layersArtifacts(network);
  const parsed = () =>
    JSON.parse(text) as {
      regraft: { nodes: unknown[]; name: string };
      modelTopology: { config: { layers: { config: Record<string, unknown> }[] } };
    };

  test('comes back node for node', () => {
    expect(readTfjsLayers(parsed(), weights)).toEqual({ network, warnings: [] });
  });

  test('is read as its layers stand once they were changed', () => {
    const changed = parsed();
    const activation = changed.modelTopology.config.layers.find(({ config }) => config.max_value === 6)!;
    activation.config.max_value = null;
    const read = readTfjsLayers(changed, weights);
    expect(read.warnings[0]).toMatch(/changed after Regraft wrote/);
    expect(read.network.nodes.some((node) => node.op === 'activation' && node.kind === 'relu')).toBe(true);
  });

  test.each([
    ['no object', 7],
    ['no nodes', { name: 'x', nodes: [], output: 'x', weights: {} }],
    ['nodes of no op', { name: 'x', nodes: [{}, { op: 'conv2d' }], output: 'x', weights: {} }],
  ])('is read from its layers when the entry is broken: %s', (_name, regraft) => {
    const { network: read } = readTfjsLayers({ ...parsed(), regraft }, weights);
    expect(read.nodes.length).toBeGreaterThan(0);
  });

  test('weights of two names that were one and differ now are kept apart', () => {
    const tied = networkBuilder([4, 4, 2]);
    const first = tied.conv(tied.input, 2);
    const kernel = [...tied.finish(first).weights.keys()].find((name) => name.endsWith('kernel'))!;
    const second = tied.node({
      op: 'conv2d',
      inputs: [first],
      kernel,
      strides: [1, 1],
      dilations: [1, 1],
      padding: 'same',
    });
    const artifacts = layersArtifacts(tied.finish(second));
    expect(readTfjsLayers(JSON.parse(artifacts.modelJson), artifacts.weights).network).toEqual(
      tied.finish(second),
    );
    artifacts.weights[0]! ^= 1;
    const { network: read } = readTfjsLayers(JSON.parse(artifacts.modelJson), artifacts.weights);
    expect(read.weights.size).toBe(3);
  });
});

test('damaged files give a network or a RegraftError, never anything else', async () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(randomNetwork, damage, fc.option(fc.nat()), async (network, changes, cut) => {
      const { modelJson: text, weights } = layersArtifacts(network);
      const json = new TextEncoder().encode(text);
      for (const [index, value] of changes) json[index % json.length] = value;
      const files = new Map([
        ['model.json', json],
        ['weights.bin', cut === null ? weights : weights.subarray(0, cut % (weights.length + 1))],
      ]);
      try {
        readTfjsLayersFiles(files, 'model.json');
      } catch {
        await regraftErrorOf(() => readTfjsLayersFiles(files, 'model.json'));
      }
    }),
    { numRuns: 200 },
  );
});
