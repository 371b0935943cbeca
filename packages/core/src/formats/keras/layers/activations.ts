import { z } from 'zod';
import type { ActivationKind } from '../../../network/network.js';
import { numberOr } from '../config-fields.js';
import { type LayerContext, mapLayer, unsupportedLayer } from '../keras-layer.js';
import { mapOpaqueLayer } from './opaque.js';

interface Activation {
  readonly kind: ActivationKind;
  readonly alpha?: number;
}

/** What Keras 2, Keras 3 and tfjs-layers mean alike; `hard_sigmoid` they don't. */
const activationsByName: ReadonlyMap<string, Activation> = new Map<string, Activation>([
  ['elu', { kind: 'elu', alpha: 1 }],
  ['gelu', { kind: 'gelu' }],
  ['hard_silu', { kind: 'hard-swish' }],
  ['hard_swish', { kind: 'hard-swish' }],
  ['leaky_relu', { kind: 'leaky-relu', alpha: 0.2 }],
  ['relu', { kind: 'relu' }],
  ['relu6', { kind: 'relu6' }],
  ['sigmoid', { kind: 'sigmoid' }],
  ['silu', { kind: 'swish' }],
  ['softmax', { kind: 'softmax' }],
  ['softplus', { kind: 'softplus' }],
  ['swish', { kind: 'swish' }],
  ['tanh', { kind: 'tanh' }],
]);

/** `clip(x / 5 + 0.5, 0, 1)` up to Keras 2, `clip(x / 6 + 0.5, 0, 1)` from Keras 3 on. */
const hardSigmoid = (kerasMajor: number): Activation => ({
  kind: 'hard-sigmoid',
  alpha: kerasMajor < 3 ? 0.2 : 1 / 6,
});

/** `"relu"`, or an object that carries the name as `class_name` or in its config. */
export const activationName = z
  .union([
    z.string(),
    z.object({ config: z.string() }).transform(({ config }) => config),
    z.object({ class_name: z.string() }).transform(({ class_name }) => class_name),
  ])
  .nullish()
  .transform((name) => (name ?? 'linear').replace(/^.*>/, ''));

const addActivation = (
  { add, layer }: LayerContext,
  input: string,
  activation: Activation,
  name = layer.name,
): string => add({ op: 'activation', name, inputs: [input], ...activation });

/** Applies the activation named in a layer's config to a node; `linear` adds nothing. */
export const applyActivation = (
  context: LayerContext,
  name: string,
  input: string,
  nodeName = `${context.layer.name}/${name}`,
): string => {
  if (name === 'linear') return input;
  const activation = name === 'hard_sigmoid' ? hardSigmoid(context.kerasMajor) : activationsByName.get(name);
  if (activation !== undefined) return addActivation(context, input, activation, nodeName);
  return mapOpaqueLayer({
    ...context,
    inputs: [input],
    layer: { ...context.layer, className: 'Activation', name: nodeName, config: { activation: name } },
  });
};

export const mapActivation = mapLayer(z.object({ activation: activationName }), ({ activation }, context) =>
  applyActivation(context, activation, context.inputs[0]!, context.layer.name),
);

const reluConfig = z.object({
  max_value: z.number().nullish(),
  negative_slope: numberOr(0),
  threshold: numberOr(0),
});

export const mapRelu = mapLayer(reluConfig, ({ max_value, negative_slope, threshold }, context) => {
  const [input] = context.inputs;
  if (threshold === 0 && negative_slope === 0) {
    if (max_value == null) return addActivation(context, input!, { kind: 'relu' });
    if (max_value === 6) return addActivation(context, input!, { kind: 'relu6' });
    return mapOpaqueLayer(context);
  }
  if (threshold === 0 && max_value == null) {
    return addActivation(context, input!, { kind: 'leaky-relu', alpha: negative_slope });
  }
  throw unsupportedLayer(
    context.layer,
    `its threshold must be 0, and a negative slope excludes a largest value. Received: ${JSON.stringify({ max_value, negative_slope, threshold })}`,
    'Replace it with ReLU or LeakyReLU layers and export again.',
  );
});

const leakyReluConfig = z.object({ alpha: z.number().nullish(), negative_slope: z.number().nullish() });

export const mapLeakyRelu = mapLayer(leakyReluConfig, ({ alpha, negative_slope }, context) =>
  addActivation(context, context.inputs[0]!, { kind: 'leaky-relu', alpha: alpha ?? negative_slope ?? 0.3 }),
);

export const mapElu = mapLayer(z.object({ alpha: numberOr(1) }), ({ alpha }, context) =>
  addActivation(context, context.inputs[0]!, { kind: 'elu', alpha }),
);

export const mapSoftmax = mapLayer(z.object({ axis: numberOr(-1) }), ({ axis }, context) => {
  const [input] = context.inputs;
  if (axis !== -1 && axis !== context.shapeOf(input!).length) {
    throw unsupportedLayer(
      context.layer,
      `its axis must be the last. Received: ${axis}`,
      'Apply the softmax over the channels and export again.',
    );
  }
  return addActivation(context, input!, { kind: 'softmax' });
});
