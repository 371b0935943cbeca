import { unreadable } from '../format-errors.js';
import { applyFunctional } from './apply-functional.js';
import { applyLayer } from './apply-layer.js';
import { readInputShape } from './input-shape.js';
import { isModel, type KerasLayer } from './keras-layer.js';
import { parseLayer } from './parse-layer.js';
import { addInput, type Reading } from './reading.js';

const deepestNesting = 32;

const layersOf = (model: KerasLayer): KerasLayer[] => {
  const { layers } = model.config;
  if (!Array.isArray(layers) || layers.length === 0) {
    throw unreadable(`A Keras model must list its layers. Received: none in "${model.name}".`);
  }
  return layers.map(parseLayer);
};

/** Applies a layer or model to nodes, or, where there are none yet, to the network's input, which it then makes. */
const apply = (
  layer: KerasLayer,
  inputs: readonly string[],
  path: readonly string[],
  reading: Reading,
): readonly string[] => {
  if (isModel(layer)) return applyModel(layer, inputs, path, reading);
  const isInput = layer.className === 'InputLayer';
  if (inputs.length > 0) return isInput ? inputs : [applyLayer(layer, inputs, path, reading)];
  const shape = readInputShape(layer, reading.warn);
  const input = addInput(reading, isInput ? layer.name : `${layer.name}_input`, shape);
  return isInput ? [input] : [applyLayer(layer, [input], path, reading)];
};

const applySequential = (
  model: KerasLayer,
  layers: readonly KerasLayer[],
  inputs: readonly string[],
  path: readonly string[],
  reading: Reading,
): readonly string[] => {
  const [first] = layers;
  const statesShape = isModel(first!) || readInputShape(first!) !== undefined;
  const start =
    inputs.length > 0 || statesShape
      ? inputs
      : [addInput(reading, `${model.name}_input`, readInputShape(model, reading.warn))];
  return layers.reduce((values, layer) => apply(layer, values, path, reading), start);
};

/** Appends the nodes of a Sequential or Functional model, models inside it included, and returns its outputs. */
export const applyModel = (
  model: KerasLayer,
  inputs: readonly string[],
  path: readonly string[],
  reading: Reading,
): readonly string[] => {
  if (path.length === deepestNesting) {
    throw unreadable(`Models must not nest deeper than ${deepestNesting}. Received: "${model.name}"`);
  }
  const layers = layersOf(model);
  const inside = [...path, model.name];
  return model.className === 'Sequential'
    ? applySequential(model, layers, inputs, inside, reading)
    : applyFunctional(model, layers, inputs, (layer, values) => apply(layer, values, inside, reading));
};
