import type { ExplicitPadding, Pair, PoolNode } from '../../../network/network.js';
import { windowGeometry } from '../../../network/window-geometry.js';
import { unsupported } from '../../format-errors.js';
import type { WriterContext } from './layers-topology.js';

const minus = (a: ExplicitPadding, b: ExplicitPadding): ExplicitPadding => ({
  top: a.top - b.top,
  bottom: a.bottom - b.bottom,
  left: a.left - b.left,
  right: a.right - b.right,
});

const isZero = (sides: ExplicitPadding): boolean => Object.values(sides).every((side) => side === 0);

const config = (padding: 'same' | 'valid', size: Pair, strides: Pair) => ({
  pool_size: size,
  strides,
  padding,
  data_format: 'channels_last',
});

/**
 * Pools with explicit padding, whose padded pixels count for nothing, so zeros can't stand in for them. A `same`
 * pool of stride 1 pads by half the window; what it pads too much is cropped off its result, and the strides
 * are a pool of size 1 that leaves values out.
 */
const writePadded = (
  className: string,
  node: PoolNode,
  padding: ExplicitPadding,
  { add, inputShapes }: WriterContext,
): string => {
  const { size, strides } = node;
  const [height, width] = inputShapes[0]!;
  const every = { size, strides: [1, 1], padding: 'same' } as const;
  const excess = minus(windowGeometry([height!, width!], every).padding, padding);
  if (Math.min(...Object.values(excess)) < 0) {
    throw unsupported(
      `Node "${node.name}" (${node.op}): Keras pools pad by half their window at most. Received: ${JSON.stringify(padding)}`,
      'Keep the model in another format, such as ONNX.',
      { node: node.name },
    );
  }
  const pooled = add(className, config('same', size, [1, 1]), { suffix: '/every' });
  const cropping = [
    [excess.top, excess.bottom],
    [excess.left, excess.right],
  ];
  const kept = isZero(excess)
    ? pooled
    : add('Cropping2D', { cropping, data_format: 'channels_last' }, { suffix: '/crop', inputs: [pooled] });
  return add(className, config('valid', [1, 1], strides), { inputs: [kept] });
};

/** Writes a max-pool or average-pool node. */
export const writePool = (node: PoolNode, context: WriterContext): string => {
  const className = node.op === 'max-pool' ? 'MaxPooling2D' : 'AveragePooling2D';
  const { padding, size, strides } = node;
  if (typeof padding === 'string') return context.add(className, config(padding, size, strides));
  return isZero(padding)
    ? context.add(className, config('valid', size, strides))
    : writePadded(className, node, padding, context);
};
