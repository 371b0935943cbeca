import { z } from 'zod';
import { sizeOf } from '../../../network/size-of.js';
import { dataFormat, flagOr, numberOr, padding, pair } from '../config-fields.js';
import { type LayerContext, mapLayer } from '../keras-layer.js';
import { activationName, applyActivation } from './activations.js';
import { mapOpaqueLayer } from './opaque.js';

const bias = (uses: boolean, { weight }: LayerContext): { bias?: string } =>
  uses ? { bias: weight('bias') } : {};

const window = {
  strides: pair.default([1, 1]),
  dilation_rate: pair.default([1, 1]),
  padding: padding.default('valid'),
  data_format: dataFormat,
  groups: numberOr(1).refine((groups) => groups === 1, 'groups must be 1'),
  use_bias: flagOr(true),
  activation: activationName,
};

export const mapConv2d = mapLayer(z.object(window), (config, context) => {
  const convolution = context.add({
    op: 'conv2d',
    name: context.layer.name,
    inputs: context.inputs,
    kernel: context.weight('kernel'),
    ...bias(config.use_bias, context),
    strides: config.strides,
    dilations: config.dilation_rate,
    padding: config.padding,
  });
  return applyActivation(context, config.activation, convolution);
});

export const mapDepthwiseConv2d = mapLayer(z.object(window), (config, context) => {
  const convolution = context.add({
    op: 'depthwise-conv2d',
    name: context.layer.name,
    inputs: context.inputs,
    kernel: context.weight('depthwise_kernel', 'kernel'),
    ...bias(config.use_bias, context),
    strides: config.strides,
    dilations: config.dilation_rate,
    padding: config.padding,
  });
  return applyActivation(context, config.activation, convolution);
});

/** Becomes a depthwise convolution and a 1 x 1 convolution that carries the bias. */
export const mapSeparableConv2d = mapLayer(z.object(window), (config, context) => {
  const depthwise = context.add({
    op: 'depthwise-conv2d',
    name: `${context.layer.name}/depthwise`,
    inputs: context.inputs,
    kernel: context.weight('depthwise_kernel'),
    strides: config.strides,
    dilations: config.dilation_rate,
    padding: config.padding,
  });
  const pointwise = context.add({
    op: 'conv2d',
    name: context.layer.name,
    inputs: [depthwise],
    kernel: context.weight('pointwise_kernel'),
    ...bias(config.use_bias, context),
    strides: [1, 1],
    dilations: [1, 1],
    padding: 'valid',
  });
  return applyActivation(context, config.activation, pointwise);
});

const denseConfig = z.object({ use_bias: flagOr(true), activation: activationName });

/** On `[1, 1, channels]` it is applied to the channels, as squeeze-and-excite units in Keras write it. */
export const mapDense = mapLayer(denseConfig, (config, context) => {
  const { add, inputs, layer, shapeOf, weight } = context;
  const shape = shapeOf(inputs[0]!);
  const isVector = shape.length === 1;
  if (!isVector && sizeOf(shape) !== shape.at(-1)) return mapOpaqueLayer(context);
  const dense = add({
    op: 'dense',
    name: layer.name,
    inputs: isVector ? inputs : [add({ op: 'flatten', name: `${layer.name}/flatten`, inputs })],
    kernel: weight('kernel'),
    ...bias(config.use_bias, context),
  });
  const activated = applyActivation(context, config.activation, dense);
  const spread = [...shape.slice(0, -1), ...shapeOf(activated)];
  return isVector
    ? activated
    : add({ op: 'reshape', name: `${layer.name}/reshape`, inputs: [activated], shape: spread });
});
