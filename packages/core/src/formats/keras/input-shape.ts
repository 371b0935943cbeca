import { z } from 'zod';
import type { Shape } from '../../network/network.js';
import { unsupported } from '../format-errors.js';
import type { KerasLayer } from './keras-layer.js';

const batchShape = z.array(z.int().positive().nullable());

/** The size taken where a file leaves height and width open: what most image networks were trained at. */
const usualSize = 224;

/** The shape in a layer's or Sequential model's config, without the batch; undefined where it has none. */
export const readInputShape = (
  layer: KerasLayer,
  warn: (sentence: string) => void = () => {},
): Shape | undefined => {
  const { batch_input_shape, batch_shape, build_input_shape } = layer.config;
  const parsed = batchShape.safeParse(batch_input_shape ?? batch_shape ?? build_input_shape);
  if (!parsed.success) return undefined;
  const shape = parsed.data.slice(1);
  if (shape.length === 3 && shape[2] != null && shape.includes(null)) {
    warn(`The file leaves the size of its images open; ${usualSize} x ${usualSize} is taken.`);
    return shape.map((length) => length ?? usualSize);
  }
  if (shape.every((length) => length !== null)) return shape;
  throw unsupported(
    `An input must have a fixed shape. Received: ${JSON.stringify(shape)} at layer "${layer.name}".`,
    'Export the model with a fixed input shape.',
  );
};
