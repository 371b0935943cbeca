import { z } from 'zod';
import type { GlobalPoolNode, PoolNode } from '../../../network/network.js';
import { dataFormat, flagOr, padding, pair } from '../config-fields.js';
import { mapLayer } from '../keras-layer.js';

const poolConfig = z.object({
  pool_size: pair.default([2, 2]),
  strides: pair.nullish(),
  padding: padding.default('valid'),
  data_format: dataFormat,
});

/** The mapping of `MaxPooling2D` or `AveragePooling2D`. */
export const mapPool = (op: PoolNode['op']) =>
  mapLayer(poolConfig, (config, { add, inputs, layer }) =>
    add({
      op,
      name: layer.name,
      inputs,
      size: config.pool_size,
      strides: config.strides ?? config.pool_size,
      padding: config.padding,
    }),
  );

const globalPoolConfig = z.object({ keepdims: flagOr(false), data_format: dataFormat });

/** The mapping of `GlobalAveragePooling2D` or `GlobalMaxPooling2D`. */
export const mapGlobalPool = (op: GlobalPoolNode['op']) =>
  mapLayer(globalPoolConfig, ({ keepdims }, { add, inputs, layer }) =>
    add({ op, name: layer.name, inputs, keepDims: keepdims }),
  );
