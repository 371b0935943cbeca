import type { ActivationKind, Network, OpName, Shape } from '../network/network.js';
import { type NetworkBuilder, networkBuilder } from './network-builder.js';

export interface OpCase {
  readonly op: OpName;
  readonly name: string;
  readonly network: Network;
}

const activations: ActivationKind[] = [
  'elu',
  'gelu',
  'hard-sigmoid',
  'hard-swish',
  'leaky-relu',
  'relu',
  'relu6',
  'sigmoid',
  'softmax',
  'softplus',
  'swish',
  'tanh',
];

const sides = { top: 1, bottom: 0, left: 2, right: 1 };

const windows = [
  { name: 'same, stride 1', options: { kernel: [3, 3] } },
  { name: 'same, stride 2, even kernel', options: { kernel: [2, 4], strides: [2, 2] } },
  { name: 'valid, uneven strides', options: { kernel: [3, 2], strides: [1, 2], padding: 'valid' } },
  { name: 'same, stride wider than the window', options: { kernel: [1, 1], strides: [2, 3] } },
  { name: 'explicit padding, stride 2', options: { kernel: [3, 3], strides: [2, 2], padding: sides } },
] as const;

const dilated = [
  { name: 'same, dilated', options: { kernel: [3, 3], dilations: [2, 3] } },
  { name: 'valid, dilated', options: { kernel: [2, 3], dilations: [3, 1], padding: 'valid' } },
] as const;

/** Networks of one op, or as few as it takes to feed it, for every op but `opaque`. */
export const opCases = (): OpCase[] => {
  const cases: OpCase[] = [];
  const add = (
    op: OpName,
    name: string,
    build: (builder: NetworkBuilder) => string,
    shape: Shape = [9, 8, 4],
  ): void => {
    const builder = networkBuilder(shape, cases.length + 1);
    cases.push({ op, name: `${op}: ${name}`, network: builder.finish(build(builder)) });
  };

  add('input', 'image', (b) => b.input);
  add('input', 'vector', (b) => b.input, [6]);
  for (const kind of activations) {
    add('activation', kind, (b) => b.activation(b.conv(b.input, 5), kind));
    add('activation', `${kind} of a vector`, (b) => b.activation(b.dense(b.input, 5), kind), [6]);
  }
  for (const kind of ['elu', 'hard-sigmoid', 'leaky-relu'] as const) {
    add('activation', `${kind} with alpha`, (b) => b.activation(b.input, kind, 0.3));
  }
  for (const { name, options } of [...windows, ...dilated]) {
    add('conv2d', name, (b) => b.conv(b.input, 5, options));
    add('depthwise-conv2d', name, (b) => b.depthwise(b.input, options));
    add('depthwise-conv2d', `${name}, multiplier`, (b) =>
      b.depthwise(b.input, { ...options, multiplier: 3 }),
    );
  }
  for (const kind of ['relu', 'relu6', 'tanh'] as const) {
    add('conv2d', `followed by ${kind}`, (b) => b.activation(b.conv(b.input, 5), kind));
    add('depthwise-conv2d', `followed by ${kind}`, (b) => b.activation(b.depthwise(b.input), kind));
    add('dense', `followed by ${kind}`, (b) => b.activation(b.dense(b.input, 5), kind), [6]);
  }
  add('conv2d', 'pointwise', (b) => b.conv(b.input, 7, { kernel: [1, 1] }));
  add('conv2d', 'pointwise without bias', (b) => b.conv(b.input, 7, { kernel: [1, 1], bias: false }));
  add('conv2d', 'pointwise over padding', (b) => b.conv(b.input, 7, { kernel: [1, 1], padding: sides }));
  add('conv2d', 'without bias', (b) => b.conv(b.input, 5, { bias: false }));
  add('depthwise-conv2d', 'without bias', (b) => b.depthwise(b.input, { bias: false }));
  add('dense', 'with bias', (b) => b.dense(b.input, 5), [6]);
  add('dense', 'without bias', (b) => b.dense(b.input, 5, { bias: false }), [6]);
  add('batch-norm', 'of the input', (b) => b.batchNorm(b.input));
  add('batch-norm', 'of a vector, no gamma', (b) => b.batchNorm(b.input, { gamma: false }), [6]);
  add('batch-norm', 'of a convolution, no beta', (b) => b.batchNorm(b.conv(b.input, 5), { beta: false }));
  add('batch-norm', 'of a depthwise convolution', (b) =>
    b.batchNorm(b.depthwise(b.input, { multiplier: 2 })),
  );
  add('batch-norm', 'of a pointwise convolution without bias', (b) =>
    b.batchNorm(b.conv(b.input, 5, { kernel: [1, 1], bias: false })),
  );
  add('batch-norm', 'of a dense', (b) => b.batchNorm(b.dense(b.input, 5)), [6]);
  add('add', 'three images', (b) => b.merge('add', b.input, b.conv(b.input, 4), b.depthwise(b.input)));
  add('add', 'an image to itself', (b) => b.merge('add', b.input, b.input));
  add('add', 'channels to an image', (b) => b.merge('add', b.globalPool(b.input, true), b.input));
  add('add', 'vectors', (b) => b.merge('add', b.input, b.dense(b.input, 6)), [6]);
  add('multiply', 'two images', (b) => b.merge('multiply', b.input, b.conv(b.input, 4)));
  add('multiply', 'a gate', (b) =>
    b.merge('multiply', b.input, b.activation(b.globalPool(b.input, true), 'sigmoid')),
  );
  add('concatenate', 'images', (b) =>
    b.merge('concatenate', b.conv(b.input, 3), b.input, b.conv(b.input, 2)),
  );
  add('concatenate', 'vectors', (b) => b.merge('concatenate', b.dense(b.input, 3), b.input), [6]);
  for (const op of ['max-pool', 'average-pool'] as const) {
    for (const { name, options } of windows) {
      if (options.kernel[0] === 1) continue;
      add(op, name, (b) => b.pool(op, b.input, { strides: [1, 1], ...options }));
    }
  }
  for (const op of ['global-average-pool', 'global-max-pool'] as const) {
    for (const keepDims of [true, false]) {
      add(op, `keepDims ${keepDims}`, (b) => b.node({ op, inputs: [b.input], keepDims }));
    }
  }
  const zeroPad = (b: NetworkBuilder) => b.node({ op: 'zero-pad', inputs: [b.input], padding: sides });
  add('zero-pad', 'alone', zeroPad);
  add('zero-pad', 'before a valid convolution', (b) => b.conv(zeroPad(b), 5, { padding: 'valid' }));
  add('zero-pad', 'before a padded convolution', (b) => b.depthwise(zeroPad(b), { padding: sides }));
  add('zero-pad', 'before a same convolution', (b) => b.conv(zeroPad(b), 5));
  for (const kernel of [2, 3]) {
    add('zero-pad', `before a max-pool of ${kernel}`, (b) =>
      b.pool('max-pool', b.activation(zeroPad(b), 'tanh'), { kernel: [kernel, kernel], padding: 'valid' }),
    );
    add('zero-pad', `right before a max-pool of ${kernel}`, (b) =>
      b.pool('max-pool', zeroPad(b), { kernel: [kernel, kernel], padding: 'valid' }),
    );
  }
  add('flatten', 'an image', (b) => b.node({ op: 'flatten', inputs: [b.input] }));
  add('flatten', 'a vector', (b) => b.node({ op: 'flatten', inputs: [b.input] }), [6]);
  add('reshape', 'an image', (b) => b.node({ op: 'reshape', inputs: [b.input], shape: [4, 9, 8] }));
  add('reshape', 'an image to a vector', (b) => b.node({ op: 'reshape', inputs: [b.input], shape: [288] }));
  add(
    'reshape',
    'a vector to an image',
    (b) => b.node({ op: 'reshape', inputs: [b.input], shape: [1, 2, 3] }),
    [6],
  );
  add('dropout', 'in inference', (b) => b.node({ op: 'dropout', inputs: [b.conv(b.input, 3)], rate: 0.5 }));
  add('rescale', 'one number', (b) => b.node({ op: 'rescale', inputs: [b.input], scale: [2], offset: [-1] }));
  add('rescale', 'a number for each channel', (b) =>
    b.node({ op: 'rescale', inputs: [b.input], scale: [2, 3, 4, 5], offset: [-1, 0, 1, 2] }),
  );
  add(
    'rescale',
    'a vector',
    (b) => b.node({ op: 'rescale', inputs: [b.input], scale: [2], offset: [1] }),
    [6],
  );
  return cases;
};
