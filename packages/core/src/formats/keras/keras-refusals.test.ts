import { describe, expect, test } from 'vitest';
import type { Weight } from '../../network/network.js';
import { regraftErrorOf } from '../../testing/regraft-error-of.js';
import { readKerasConfig } from './read-keras-config.js';

type Config = Record<string, unknown>;

const weight = (name: string, ...shape: number[]): { name: string; weight: Weight } => ({
  name,
  weight: { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) },
});

const sequential = (...layers: [className: string, config: Config][]): unknown => ({
  class_name: 'Sequential',
  config: {
    name: 'model',
    layers: [['InputLayer', { name: 'image', batch_input_shape: [null, 8, 8, 4] }] as const, ...layers].map(
      ([class_name, config]) => ({ class_name, config }),
    ),
  },
});

const functional = (layers: unknown[], outputs: unknown = [['last', 0, 0]]): unknown => ({
  class_name: 'Functional',
  config: { name: 'model', layers, input_layers: [['image', 0, 0]], output_layers: outputs },
});

const input = {
  class_name: 'InputLayer',
  name: 'image',
  config: { name: 'image', batch_input_shape: [null, 8, 8, 4] },
  inbound_nodes: [],
};

const relu = (name: string, ...from: string[]): unknown => ({
  class_name: 'ReLU',
  name,
  config: { name },
  inbound_nodes: [from.map((source) => [source, 0, 0, {}])],
});

const errorOf = (config: unknown, weights = [weight('conv/kernel', 3, 3, 4, 2), weight('conv/bias', 2)]) =>
  regraftErrorOf(() => readKerasConfig({ config, weights }));

describe('what a network cannot hold is refused with the layer, the rule and what to do', () => {
  const cases: [name: string, className: string, config: Config, says: RegExp][] = [
    [
      'channels first',
      'Conv2D',
      { data_format: 'channels_first' },
      /data_format must be channels_last.*"channels_first"/,
    ],
    ['grouped convolutions', 'Conv2D', { groups: 2 }, /groups must be 1.*2/],
    ['causal padding', 'Conv2D', { padding: 'causal' }, /padding must be same or valid/],
    ['normalising another axis', 'BatchNormalization', { axis: 1 }, /axis must be the last.*1/],
    ['a softmax over rows', 'Softmax', { axis: 1 }, /axis must be the last.*1/],
    [
      'a leaky ReLU with a largest value',
      'ReLU',
      { max_value: 6, negative_slope: 0.1 },
      /negative slope excludes/,
    ],
    ['a ReLU with a threshold', 'ReLU', { threshold: 1 }, /threshold must be 0/],
    ['a reshape that does not fit', 'Reshape', { target_shape: [7, -1] }, /must hold all 256 values/],
    ['a layer tfjs cannot build', 'LSTM', { units: 3 }, /TensorFlow\.js can't build it/],
  ];
  test.each(cases)('%s', async (_name, className, config, says) => {
    const error = await errorOf(sequential([className, { name: 'conv', ...config }]));
    expect(error).toMatchObject({ code: 'weights-unsupported', details: { layer: 'conv', className } });
    expect(error.message).toContain(`Layer "conv" (${className})`);
    expect(error.message).toMatch(says);
    expect(error.hint).not.toBe('');
  });

  test.each(['Lambda', 'Custom>Attention', 'SGD', 'TFOpLambda', 'toString'])(
    'class %s',
    async (className) => {
      const error = await errorOf(sequential([className, { name: 'odd' }]));
      const plain = className.replace('Custom>', '');
      expect(error).toMatchObject({
        code: 'weights-unsupported',
        details: { layer: 'odd', className: plain },
      });
      expect(error.hint).toMatch(/Activation, .*Conv2D, .*ZeroPadding2D/);
    },
  );

  test('two images', async () => {
    const second = { ...input, name: 'mask', config: { ...input.config, name: 'mask' } };
    const add = {
      class_name: 'Add',
      name: 'last',
      config: { name: 'last' },
      inbound_nodes: [
        [
          ['image', 0, 0],
          ['mask', 0, 0],
        ],
      ],
    };
    expect((await errorOf(functional([input, second, add]))).code).toBe('weights-unsupported');
  });

  test('two outputs', async () => {
    const layers = [input, relu('a', 'image'), relu('last', 'image')];
    const error = await errorOf(
      functional(layers, [
        ['a', 0, 0],
        ['last', 0, 0],
      ]),
    );
    expect(error.message).toMatch(/one output.*a, last/);
  });

  test('no input shape', async () => {
    const error = await errorOf({ class_name: 'Sequential', config: [{ class_name: 'ReLU', config: {} }] });
    expect(error).toMatchObject({ code: 'weights-unsupported' });
    expect(error.message).toContain('must state its input shape');
  });

  test('a sum with a constant, as Keras 3 writes it', async () => {
    const layer = {
      ...(relu('last', 'image') as Config),
      class_name: 'Add',
      module: 'keras.src.ops.numpy',
      inbound_nodes: [{ args: [['image', 0, 0], 3], kwargs: {} }],
    };
    expect((await errorOf(functional([input, layer]))).message).toContain('keras.ops.Add with a constant');
  });
});

describe('configs that are not whole are unreadable', () => {
  const cases: [string, unknown][] = [
    ['no object', 7],
    ['a layer alone', { class_name: 'Dense', config: {} }],
    ['no layers', { class_name: 'Sequential', config: { layers: [] } }],
    ['a layer without a class', { class_name: 'Sequential', config: { layers: [{}] } }],
    ['a layer nobody made', functional([input, relu('last', 'nothing')])],
    ['a cycle', functional([input, relu('a', 'last'), relu('last', 'a')])],
    ['an output nobody made', functional([input], [['nothing', 0, 0]])],
  ];
  test.each(cases)('%s', async (_name, config) => {
    expect((await errorOf(config)).code).toBe('weights-unreadable');
  });

  test('models nested without end', async () => {
    let model: unknown = sequential(['ReLU', {}]);
    for (let depth = 0; depth < 100; depth++)
      model = { class_name: 'Sequential', config: { layers: [model] } };
    expect((await errorOf(model)).message).toContain('nest deeper');
  });

  test('models that double at every depth', async () => {
    let model: unknown = functional([input, relu('last', 'image')]);
    for (let depth = 0; depth < 20; depth++) {
      const inner = {
        ...(model as Config),
        name: 'inner',
        inbound_nodes: [[['image', 0, 0]], [['inner', 0, 0]]],
      };
      model = functional([input, inner], [['inner', 1, 0]]);
    }
    expect((await errorOf(model)).message).toMatch(/may have \d+ nodes/);
  });
});

describe('weights', () => {
  const convolution: [string, Config] = ['Conv2D', { name: 'conv' }];

  test('a missing one is named', async () => {
    const error = await errorOf(sequential(convolution), [weight('conv/kernel', 3, 3, 4, 2)]);
    expect(error.code).toBe('weights-mismatch');
    expect(error.message).toMatch(/"conv" \(Conv2D\) must have one weight "bias".*none among 1/);
  });

  test('one of the wrong shape names the layer', async () => {
    const error = await errorOf(sequential(convolution), [
      weight('conv/kernel', 3, 3, 5, 2),
      weight('conv/bias', 2),
    ]);
    expect(error.message).toContain('"conv"');
  });

  test('scopes decide between layers of one name', () => {
    const inner = {
      class_name: 'Sequential',
      config: {
        name: 'inner',
        layers: [{ class_name: 'Conv2D', config: { name: 'conv', use_bias: false } }],
      },
    };
    const model = sequential(['Conv2D', { name: 'conv', use_bias: false }], ['Sequential', inner.config]);
    const weights = [weight('conv/kernel', 1, 1, 4, 4), weight('inner/conv/kernel', 1, 1, 4, 2)];
    const { network } = readKerasConfig({ config: model, weights });
    expect(network.nodes.map((node) => (node.op === 'conv2d' ? [node.name, node.kernel] : []))).toEqual([
      [],
      ['conv', 'conv/kernel'],
      ['conv_1', 'inner/conv/kernel'],
    ]);
  });

  test('those no layer uses are left out and said', () => {
    const { network, warnings } = readKerasConfig({
      config: sequential(['Conv2D', { name: 'conv', use_bias: false }]),
      weights: [weight('conv/kernel', 1, 1, 4, 4), weight('Adam/m', 3), weight('count')],
    });
    expect([...network.weights.keys()]).toEqual(['conv/kernel']);
    expect(warnings).toEqual([
      expect.stringContaining("1 of the file's weights belong to no layer and are left out: Adam/m."),
    ]);
  });
});

test('an open image size is taken as 224 and said', () => {
  const config = functional([
    { ...input, config: { name: 'image', batch_shape: [null, null, null, 3] } },
    relu('last', 'image'),
  ]);
  const { network, warnings } = readKerasConfig({ config, weights: [] });
  expect(network.nodes[0]).toMatchObject({ op: 'input', shape: [224, 224, 3] });
  expect(warnings).toEqual([expect.stringContaining('224 x 224')]);
});

test('layers listed out of order are put in order', () => {
  const { network } = readKerasConfig({
    config: functional([relu('last', 'b'), relu('b', 'a'), relu('a', 'image'), input]),
    weights: [],
  });
  expect(network.nodes.map(({ name }) => name)).toEqual(['image', 'a', 'b', 'last']);
});

test('hard sigmoid means what the version of Keras means', () => {
  const config = sequential(['Activation', { name: 'gate', activation: 'hard_sigmoid' }]);
  const alphaOf = (kerasVersion?: string) =>
    readKerasConfig({ config, weights: [], kerasVersion }).network.nodes[1];
  expect(alphaOf()).toMatchObject({ kind: 'hard-sigmoid', alpha: 0.2 });
  expect(alphaOf('tfjs-layers 4.22.0')).toMatchObject({ alpha: 0.2 });
  expect(alphaOf('3.5.0')).toMatchObject({ alpha: 1 / 6 });
});
