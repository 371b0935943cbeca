import { type LayerContext, type LayerMapping, unsupportedLayer } from '../keras-layer.js';
import { describeTfjsLayer, type TfjsLayerDescription } from '../tfjs-layer.js';

const describe = ({ inputs, knownClasses, layer, shapeOf }: LayerContext): TfjsLayerDescription => {
  let description: TfjsLayerDescription | undefined;
  try {
    description = describeTfjsLayer(layer.className, layer.config, shapeOf(inputs[0]!));
  } catch (error) {
    throw unsupportedLayer(
      layer,
      `TensorFlow.js can't build it. Received: ${error instanceof Error ? error.message : String(error)}`,
      'Replace the layer in the original model and export it again.',
    );
  }
  if (description !== undefined) return description;
  throw unsupportedLayer(
    layer,
    'neither a network nor TensorFlow.js has this class.',
    `Known classes: ${knownClasses.join(', ')}, and any other TensorFlow.js layer of one input and one output.`,
    { known: knownClasses },
  );
};

/** Keeps a layer the network has no op for as tfjs-layers has it; throws `weights-unsupported` where that has none. */
export const mapOpaqueLayer: LayerMapping = (context) => {
  const { add, inputs, layer, warn, weight } = context;
  const { config, outputShape, weights } = describe(context);
  const named = weights.map(({ role, trainable }) => ({ name: weight(role), trainable }));
  warn(
    `Layer "${layer.name}" (${layer.className}) is run by TensorFlow.js as it is: it trains, but can't be exported to other formats.`,
  );
  return add({
    op: 'opaque',
    name: layer.name,
    inputs,
    className: layer.className,
    config,
    weights: named.map(({ name }) => name),
    nonTrainable: named.filter(({ trainable }) => !trainable).map(({ name }) => name),
    outputShape,
  });
};
