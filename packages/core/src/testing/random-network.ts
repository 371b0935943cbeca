import fc from 'fast-check';
import type { ActivationKind, Network } from '../network/network.js';
import { type NetworkBuilder, networkBuilder } from './network-builder.js';

/** A layer or a whole residual, concatenating or gated unit, before it meets an input. */
export type Piece =
  | {
      readonly kind: 'conv';
      readonly channels: number;
      readonly size: number;
      readonly stride: number;
      readonly bias: boolean;
    }
  | {
      readonly kind: 'depthwise';
      readonly multiplier: number;
      readonly size: number;
      readonly stride: number;
      readonly dilation: number;
    }
  | { readonly kind: 'activation'; readonly activation: ActivationKind }
  | { readonly kind: 'batch-norm'; readonly gamma: boolean }
  | {
      readonly kind: 'max-pool' | 'average-pool';
      readonly size: number;
      readonly stride: number;
      readonly padding: 'same' | 'valid';
    }
  | { readonly kind: 'zero-pad'; readonly sides: readonly [number, number, number, number] }
  | { readonly kind: 'dropout' | 'rescale' }
  | { readonly kind: 'squeeze-excite' }
  | { readonly kind: 'residual'; readonly inner: readonly Piece[] }
  | { readonly kind: 'concatenate'; readonly left: readonly Piece[]; readonly right: readonly Piece[] };

const activations: ActivationKind[] = [
  'relu',
  'relu6',
  'swish',
  'sigmoid',
  'tanh',
  'leaky-relu',
  'elu',
  'hard-swish',
];

const leaf: fc.Arbitrary<Piece> = fc.oneof(
  fc.record({
    kind: fc.constant('conv' as const),
    channels: fc.integer({ min: 1, max: 5 }),
    size: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 2 }),
    bias: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('depthwise' as const),
    multiplier: fc.integer({ min: 1, max: 2 }),
    size: fc.integer({ min: 2, max: 3 }),
    stride: fc.integer({ min: 1, max: 2 }),
    dilation: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({ kind: fc.constant('activation' as const), activation: fc.constantFrom(...activations) }),
  fc.record({ kind: fc.constant('batch-norm' as const), gamma: fc.boolean() }),
  fc.record({
    kind: fc.constantFrom('max-pool' as const, 'average-pool' as const),
    size: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 2 }),
    padding: fc.constantFrom('same' as const, 'valid' as const),
  }),
  fc.record({
    kind: fc.constant('zero-pad' as const),
    sides: fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.nat(2)),
  }),
  fc.record({ kind: fc.constantFrom('dropout' as const, 'rescale' as const) }),
  fc.record({ kind: fc.constant('squeeze-excite' as const) }),
);

const { pieces } = fc.letrec<{ piece: Piece; pieces: Piece[] }>((tie) => ({
  piece: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ kind: fc.constant('residual' as const), inner: tie('pieces') }),
    fc.record({ kind: fc.constant('concatenate' as const), left: tie('pieces'), right: tie('pieces') }),
  ),
  pieces: fc.array(tie('piece'), { minLength: 1, maxLength: 3 }),
}));

/** Makes `value` fit beside `like`: same height and width by cropping pools, same channels by a 1x1 convolution. */
const matchShape = (builder: NetworkBuilder, value: string, like: string, channels: boolean): string => {
  const [height, width, depth] = builder.shapeOf(like);
  let result = value;
  const [rows, columns] = builder.shapeOf(result);
  if (rows! < height! || columns! < width!) {
    const padding = {
      top: 0,
      bottom: Math.max(height! - rows!, 0),
      left: 0,
      right: Math.max(width! - columns!, 0),
    };
    result = builder.node({ op: 'zero-pad', inputs: [result], padding });
  }
  const padded = builder.shapeOf(result);
  if (padded[0]! > height! || padded[1]! > width!) {
    const size = [padded[0]! - height! + 1, padded[1]! - width! + 1] as const;
    result = builder.pool('max-pool', result, { kernel: size, strides: [1, 1], padding: 'valid' });
  }
  return channels && padded[2] !== depth ? builder.conv(result, depth!, { kernel: [1, 1] }) : result;
};

/** Concatenations inside concatenations would otherwise grow without bound. */
const narrow = (builder: NetworkBuilder, value: string): string =>
  builder.shapeOf(value)[2]! > 24 ? builder.conv(value, 5, { kernel: [1, 1] }) : value;

const addSqueezeExcite = (builder: NetworkBuilder, from: string): string => {
  const channels = builder.shapeOf(from)[2]!;
  const squeezed = builder.conv(builder.globalPool(from, true), 2, { kernel: [1, 1] });
  const excited = builder.conv(builder.activation(squeezed, 'relu'), channels, { kernel: [1, 1] });
  return builder.merge('multiply', from, builder.activation(excited, 'sigmoid'));
};

const addPiece = (builder: NetworkBuilder, from: string, piece: Piece): string => {
  switch (piece.kind) {
    case 'conv':
      return builder.conv(from, piece.channels, {
        kernel: [piece.size, piece.size],
        strides: [piece.stride, piece.stride],
        bias: piece.bias,
      });
    case 'depthwise': {
      const dilation = piece.stride > 1 ? 1 : piece.dilation;
      return builder.depthwise(from, {
        kernel: [piece.size, piece.size],
        strides: [piece.stride, piece.stride],
        dilations: [dilation, dilation],
        multiplier: builder.shapeOf(from)[2]! > 6 ? 1 : piece.multiplier,
      });
    }
    case 'activation':
      return builder.activation(from, piece.activation);
    case 'batch-norm':
      return builder.batchNorm(from, { gamma: piece.gamma });
    case 'max-pool':
    case 'average-pool': {
      const [height, width] = builder.shapeOf(from);
      const fits = piece.size <= Math.min(height!, width!);
      return builder.pool(piece.kind, from, {
        kernel: [piece.size, piece.size],
        strides: [piece.stride, piece.stride],
        padding: fits ? piece.padding : 'same',
      });
    }
    case 'zero-pad': {
      const [top, bottom, left, right] = piece.sides;
      return builder.node({ op: 'zero-pad', inputs: [from], padding: { top, bottom, left, right } });
    }
    case 'dropout':
      return builder.node({ op: 'dropout', inputs: [from], rate: 0.5 });
    case 'rescale':
      return builder.node({ op: 'rescale', inputs: [from], scale: [0.5], offset: [-0.25] });
    case 'squeeze-excite':
      return addSqueezeExcite(builder, from);
    case 'residual': {
      const inner = addPieces(builder, from, piece.inner);
      return builder.merge('add', matchShape(builder, from, inner, true), inner);
    }
    case 'concatenate': {
      const left = narrow(builder, addPieces(builder, from, piece.left));
      const right = narrow(builder, addPieces(builder, from, piece.right));
      return builder.merge('concatenate', left, matchShape(builder, right, left, false));
    }
  }
};

const addPieces = (builder: NetworkBuilder, from: string, list: readonly Piece[]): string =>
  list.reduce((value, piece) => addPiece(builder, value, piece), from);

/** Small valid networks over `[6..9, 6..9, 1..3]` images, some with a classifier on top. */
export const randomNetwork: fc.Arbitrary<Network> = fc
  .record({
    shape: fc.tuple(
      fc.integer({ min: 6, max: 9 }),
      fc.integer({ min: 6, max: 9 }),
      fc.integer({ min: 1, max: 3 }),
    ),
    body: pieces,
    classifier: fc.boolean(),
    seed: fc.nat(10_000),
  })
  .map(({ shape, body, classifier, seed }) => {
    const builder = networkBuilder(shape, seed);
    const features = addPieces(builder, builder.input, body);
    if (!classifier) return builder.finish(features);
    const logits = builder.dense(builder.globalPool(features), 3);
    return builder.finish(builder.activation(logits, 'softmax'));
  });
