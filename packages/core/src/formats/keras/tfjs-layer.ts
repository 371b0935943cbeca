import * as tf from '@tensorflow/tfjs';
import type { Shape } from '../../network/network.js';

/** What tfjs-layers says of a layer applied to one input. */
export interface TfjsLayerDescription {
  /** Its own config in tfjs-layers' spelling, without the name. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly outputShape: Shape;
  /** Its weights in its own order, by role: `kernel`, `alpha`, … */
  readonly weights: readonly { readonly role: string; readonly trainable: boolean }[];
}

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

const instantiate = (
  className: string,
  config: Readonly<Record<string, unknown>>,
): tf.layers.Layer | undefined => {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  if (!Object.hasOwn(classNameMap, className)) return undefined;
  const [layerClass, fromConfig] = classNameMap[className]!;
  const { dtype: _dtype, name: _name, ...settings } = tfjsSpelling(config) as Record<string, unknown>;
  const created: unknown = fromConfig(layerClass, {
    ...settings,
    trainable: true,
  } as tf.serialization.ConfigDict);
  return created instanceof tf.layers.Layer ? created : undefined;
};

/**
 * Builds a layer once for the shape it meets, to learn its own config, its weights and its output; undefined
 * for a class tfjs-layers doesn't have. Throws tfjs's own error where the config or the shape doesn't suit it.
 */
export const describeTfjsLayer = (
  className: string,
  config: Readonly<Record<string, unknown>>,
  inputShape: Shape,
): TfjsLayerDescription | undefined => {
  const layer = instantiate(className, config);
  if (layer === undefined) return undefined;
  try {
    const output = layer.apply(tf.input({ shape: [...inputShape] }));
    const outputShape = Array.isArray(output) ? undefined : output.shape.slice(1);
    if (outputShape === undefined || outputShape.includes(null)) {
      throw new Error('it has several outputs or one of open shape');
    }
    const { name: _name, ...ownConfig } = layer.getConfig();
    return {
      config: JSON.parse(JSON.stringify(ownConfig)) as Record<string, unknown>,
      outputShape: outputShape as number[],
      weights: layer.weights.map(({ originalName, trainable }) => ({
        role: originalName.replace(/^.*\//, ''),
        trainable,
      })),
    };
  } finally {
    if (layer.built) layer.dispose();
  }
};
