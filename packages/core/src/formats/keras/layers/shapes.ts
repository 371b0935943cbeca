import { z } from 'zod';
import type { ExplicitPadding } from '../../../network/network.js';
import { sizeOf } from '../../../network/size-of.js';
import { dataFormat, numberOr } from '../config-fields.js';
import { type LayerMapping, mapLayer, unsupportedLayer } from '../keras-layer.js';

const side = z.int().nonnegative();
const sides = z.union([side.transform((value): [number, number] => [value, value]), z.tuple([side, side])]);

/** `1`, `[1, 2]` or `[[top, bottom], [left, right]]`. */
const zeroPadding = z
  .union([side.transform((value): [number, number] => [value, value]), z.tuple([sides, sides])])
  .transform(([rows, columns]): ExplicitPadding => {
    const [top, bottom] = typeof rows === 'number' ? [rows, rows] : rows;
    const [left, right] = typeof columns === 'number' ? [columns, columns] : columns;
    return { top, bottom, left, right };
  });

export const mapZeroPadding = mapLayer(
  z.object({ padding: zeroPadding, data_format: dataFormat }),
  ({ padding }, { add, inputs, layer }) => add({ op: 'zero-pad', name: layer.name, inputs, padding }),
);

export const mapFlatten = mapLayer(z.object({ data_format: dataFormat }), (_config, { add, inputs, layer }) =>
  add({ op: 'flatten', name: layer.name, inputs }),
);

const lengths = z.array(
  z
    .int()
    .nullable()
    .transform((length) => (length === -1 ? null : length)),
);

/** One length may be open: -1, or null as tfjs-layers writes it. */
export const mapReshape = mapLayer(
  z.object({ target_shape: lengths }),
  ({ target_shape }, { add, inputs, layer, shapeOf }) => {
    const known = sizeOf(target_shape.filter((length) => length !== null));
    const open = sizeOf(shapeOf(inputs[0]!)) / known;
    if (!Number.isInteger(open)) {
      throw unsupportedLayer(
        layer,
        `its target_shape must hold all ${sizeOf(shapeOf(inputs[0]!))} values. Received: ${JSON.stringify(target_shape)}`,
        'Export the model again.',
      );
    }
    const shape = target_shape.map((length) => length ?? open);
    return add({ op: 'reshape', name: layer.name, inputs, shape });
  },
);

export const mapDropout = mapLayer(z.object({ rate: numberOr(0) }), ({ rate }, { add, inputs, layer }) =>
  add({ op: 'dropout', name: layer.name, inputs, rate }),
);

/** For layers that are the identity at all times. */
export const mapIdentity: LayerMapping = ({ inputs }) => inputs[0]!;

/** For layers that are the identity in inference and whose effect in training has no op. */
export const mapTrainingOnly: LayerMapping = ({ inputs, layer, warn }) => {
  warn(`Layer "${layer.name}" (${layer.className}) acts in training only and is left out.`);
  return inputs[0]!;
};
