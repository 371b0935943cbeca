import { RegraftError } from '@regraft/errors';
import * as tf from '@tensorflow/tfjs';
import type { Shape } from '../../../network/network.js';
import { type LayerContext, type LayerMapping, unsupportedLayer } from '../keras-layer.js';

const camelCase = (text: string): string =>
  text.replace(/(?<=[a-zA-Z0-9])_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());

/** `{kernel_size: 3, data_format: 'channels_last'}` as tfjs-layers spells it: keys and words in camel case. */
const tfjsSpelling = (value: unknown): unknown => {
  if (typeof value === 'string') return camelCase(value);
  if (Array.isArray(value)) return value.map(tfjsSpelling);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [camelCase(key), tfjsSpelling(entry)]),
  );
};

const findClass = (className: string) => {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  return Object.hasOwn(classNameMap, className) ? classNameMap[className] : undefined;
};

const unknownClass = ({ knownClasses, layer }: LayerContext): Error =>
  unsupportedLayer(
    layer,
    'neither a network nor TensorFlow.js has this class.',
    `Known classes: ${knownClasses.join(', ')}, and any other TensorFlow.js layer of one input and one output.`,
    { known: knownClasses },
  );

const instantiate = (context: LayerContext): tf.layers.Layer => {
  const entry = findClass(context.layer.className);
  if (entry === undefined) throw unknownClass(context);
  const [layerClass, fromConfig] = entry;
  const {
    dtype: _dtype,
    name: _name,
    ...config
  } = tfjsSpelling(context.layer.config) as Record<string, unknown>;
  const created: unknown = fromConfig(layerClass, {
    ...config,
    trainable: true,
  } as tf.serialization.ConfigDict);
  if (!(created instanceof tf.layers.Layer)) throw unknownClass(context);
  return created;
};

interface Described {
  readonly config: Readonly<Record<string, unknown>>;
  readonly outputShape: Shape;
  readonly roles: readonly { readonly role: string; readonly trainable: boolean }[];
}

/** Builds the layer once for the shape it meets, to learn its own config, its weights and its output. */
const describe = (context: LayerContext): Described => {
  let layer: tf.layers.Layer | undefined;
  try {
    layer = instantiate(context);
    const output = layer.apply(tf.input({ shape: [...context.shapeOf(context.inputs[0]!)] }));
    const batchShape = Array.isArray(output) ? undefined : output.shape.slice(1);
    if (batchShape === undefined || batchShape.includes(null)) {
      throw new Error('it has several outputs or one of open shape');
    }
    const { name: _name, ...config } = layer.getConfig();
    return {
      config: JSON.parse(JSON.stringify(config)) as Record<string, unknown>,
      outputShape: batchShape as number[],
      roles: layer.weights.map((weight) => ({
        role: weight.originalName.replace(/^.*\//, ''),
        trainable: weight.trainable,
      })),
    };
  } catch (error) {
    if (RegraftError.isInstance(error)) throw error;
    throw unsupportedLayer(
      context.layer,
      `TensorFlow.js can't build it. Received: ${error instanceof Error ? error.message : String(error)}`,
      'Replace the layer in the original model and export it again.',
    );
  } finally {
    if (layer?.built) layer.dispose();
  }
};

/** Keeps a layer the network has no op for as tfjs-layers has it; throws `weights-unsupported` where that has none. */
export const mapOpaqueLayer: LayerMapping = (context) => {
  const { add, inputs, layer, warn, weight } = context;
  const { config, outputShape, roles } = describe(context);
  const weights = roles.map(({ role, trainable }) => ({ name: weight(role), trainable }));
  warn(
    `Layer "${layer.name}" (${layer.className}) is run by TensorFlow.js as it is: it trains, but can't be exported to other formats.`,
  );
  return add({
    op: 'opaque',
    name: layer.name,
    inputs,
    className: layer.className,
    config,
    weights: weights.map(({ name }) => name),
    nonTrainable: weights.filter(({ trainable }) => !trainable).map(({ name }) => name),
    outputShape,
  });
};
