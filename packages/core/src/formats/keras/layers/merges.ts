import { z } from 'zod';
import { numberOr } from '../config-fields.js';
import { mapLayer, unsupportedLayer } from '../keras-layer.js';

/** The mapping of `Add` or `Multiply`. */
export const mapMerge = (op: 'add' | 'multiply') =>
  mapLayer(z.object({}), (_config, { add, inputs, layer }) => add({ op, name: layer.name, inputs }));

export const mapConcatenate = mapLayer(z.object({ axis: numberOr(-1) }), ({ axis }, context) => {
  const { add, inputs, layer, shapeOf } = context;
  if (axis !== -1 && axis !== shapeOf(inputs[0]!).length) {
    throw unsupportedLayer(
      layer,
      `its axis must be the last, the channels. Received: ${axis}`,
      'A network joins channels only.',
    );
  }
  return add({ op: 'concatenate', name: layer.name, inputs });
});
