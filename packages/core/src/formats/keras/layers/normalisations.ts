import { z } from 'zod';
import { flagOr, numberOr } from '../config-fields.js';
import { type LayerContext, mapLayer, unsupportedLayer } from '../keras-layer.js';

const axis = z.union([z.number(), z.array(z.number()).transform((axes) => axes.at(-1) ?? -1)]).nullish();

const requireLastAxis = (
  value: number | null | undefined,
  { inputs, layer, shapeOf }: LayerContext,
): void => {
  if (value == null || value === -1 || value === shapeOf(inputs[0]!).length) return;
  throw unsupportedLayer(
    layer,
    `its axis must be the last, the channels. Received: ${value}`,
    'Export the model with data_format channels_last.',
  );
};

const batchNormConfig = z.object({
  axis,
  epsilon: numberOr(1e-3),
  scale: flagOr(true),
  center: flagOr(true),
});

export const mapBatchNorm = mapLayer(batchNormConfig, (config, context) => {
  requireLastAxis(config.axis, context);
  return context.add({
    op: 'batch-norm',
    name: context.layer.name,
    inputs: context.inputs,
    ...(config.scale ? { gamma: context.weight('gamma') } : {}),
    ...(config.center ? { beta: context.weight('beta') } : {}),
    mean: context.weight('moving_mean'),
    variance: context.weight('moving_variance'),
    epsilon: config.epsilon,
  });
});

const numbers = z.union([z.number().transform((value) => [value]), z.array(z.number())]);

export const mapRescaling = mapLayer(
  z.object({ scale: numbers, offset: numbers.nullish() }),
  ({ scale, offset }, { add, inputs, layer }) =>
    add({ op: 'rescale', name: layer.name, inputs, scale, offset: offset ?? [0] }),
);

const normalizationConfig = z.object({
  axis,
  mean: z.unknown().optional(),
  variance: z.unknown().optional(),
  invert: flagOr(false),
});

const flatNumbers = (value: unknown): number[] | undefined => {
  if (typeof value === 'number') return [value];
  if (!Array.isArray(value)) return undefined;
  const numbers = value.flat(4);
  return numbers.every((number) => typeof number === 'number') ? numbers : undefined;
};

/** `(x - mean) / max(sqrt(variance), 1e-7)`: constants, whether the config or the weights hold them. */
export const mapNormalization = mapLayer(normalizationConfig, (config, context) => {
  requireLastAxis(config.axis, context);
  const mean = flatNumbers(config.mean) ?? [...context.readWeight('mean')];
  const variance = flatNumbers(config.variance) ?? [...context.readWeight('variance')];
  const deviation = variance.map((value) => Math.max(Math.sqrt(value), 1e-7));
  const meanOf = (index: number): number => mean[mean.length === 1 ? 0 : index]!;
  return context.add({
    op: 'rescale',
    name: context.layer.name,
    inputs: context.inputs,
    scale: config.invert ? deviation : deviation.map((value) => 1 / value),
    offset: deviation.map((value, index) => (config.invert ? meanOf(index) : -meanOf(index) / value)),
  });
});
