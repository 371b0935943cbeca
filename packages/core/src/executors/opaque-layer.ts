import { RegraftError } from '@regraft/errors';
import * as tf from '@tensorflow/tfjs';
import { inferShapes } from '../network/infer-shapes.js';
import type { Network, OpaqueNode, Shape } from '../network/network.js';

/** A tfjs-layers layer that executes an opaque node. */
export interface OpaqueLayer {
  apply(inputs: tf.Tensor[], training: boolean): tf.Tensor;
  /** The layer's own variables, by the network's weight names. */
  readonly variables: ReadonlyMap<string, tf.Variable>;
  dispose(): void;
}

const camelCase = (text: string): string =>
  text.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Keras writes `kernel_size` and `channels_last` where tfjs-layers reads `kernelSize` and `channelsLast`: both do. */
const toLayersConfig = (value: unknown): unknown => {
  if (typeof value === 'string') return camelCase(value);
  if (Array.isArray(value)) return value.map(toLayersConfig);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [camelCase(key), toLayersConfig(entry)]),
  );
};

const unsupported = (node: OpaqueNode, received: string): RegraftError =>
  new RegraftError({
    code: 'weights-unsupported',
    message: `Layer "${node.name}" must be one tfjs-layers can execute. Received: ${received}`,
    hint: 'Replace the layer in the original model, or cut the network below it.',
    details: { layer: node.name, className: node.className },
  });

const createLayer = (node: OpaqueNode): tf.layers.Layer => {
  const entry = tf.serialization.SerializationMap.getMap().classNameMap[node.className];
  if (entry === undefined) throw unsupported(node, `class ${node.className}, which tfjs-layers doesn't have`);
  const [layerClass, fromConfig] = entry;
  const { name: _, ...config } = toLayersConfig(node.config) as Record<string, unknown>;
  try {
    const layer = fromConfig(layerClass, { ...config, trainable: true } as tf.serialization.ConfigDict);
    return layer as unknown as tf.layers.Layer;
  } catch (cause) {
    throw unsupported(node, `class ${node.className} with ${JSON.stringify(node.config)} (${String(cause)})`);
  }
};

/** Builds the layer of an opaque node for inputs of the given shapes and gives it the network's weights. */
const createOpaqueLayer = (
  node: OpaqueNode,
  inputShapes: readonly Shape[],
  weights: Network['weights'],
): OpaqueLayer => {
  const layer = createLayer(node);
  const batchShapes = inputShapes.map((shape) => [null, ...shape]);
  layer.build(batchShapes.length === 1 ? batchShapes[0]! : batchShapes);
  if (layer.weights.length !== node.weights.length) {
    throw unsupported(node, `${node.weights.length} weights for a layer that has ${layer.weights.length}`);
  }
  tf.tidy(() =>
    layer.setWeights(
      node.weights.map((name) => {
        const { data, shape } = weights.get(name)!;
        return tf.tensor(data, [...shape]);
      }),
    ),
  );
  const registered = tf.engine().registeredVariables;
  const variables = new Map(
    node.weights.map((name, index) => [name, registered[layer.weights[index]!.name]!]),
  );
  return {
    variables,
    apply: (inputs, training) => {
      const output = layer.apply(inputs.length === 1 ? inputs[0]! : inputs, { training });
      return (Array.isArray(output) ? output[0]! : output) as tf.Tensor;
    },
    dispose: () => {
      for (const variable of variables.values()) variable.dispose();
    },
  };
};

/** The layers of all opaque nodes of a network, by node name. */
export const createOpaqueLayers = (network: Network): ReadonlyMap<string, OpaqueLayer> => {
  const shapes = inferShapes(network);
  return new Map(
    network.nodes
      .filter((node) => node.op === 'opaque')
      .map((node) => {
        const inputShapes = node.inputs.map((name) => shapes.get(name)!);
        return [node.name, createOpaqueLayer(node, inputShapes, network.weights)];
      }),
  );
};
