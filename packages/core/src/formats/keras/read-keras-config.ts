import type { Shape } from '../../network/network.js';
import { mismatched, unreadable, unsupported } from '../format-errors.js';
import { draftNetwork, type NetworkDraft } from '../network-draft.js';
import type { ReadNetwork } from '../read-network.js';
import { readInputShape } from './input-shape.js';
import type { KerasCall, KerasLayer, KerasReference } from './keras-layer.js';
import { findKerasWeights, type KerasWeight } from './keras-weights.js';
import { layerTable } from './layer-table.js';
import { mapOpaqueLayer } from './layers/opaque.js';
import { parseLayer, parseReferences } from './parse-layer.js';

/** A Keras model in parts: its config as parsed JSON, and its weights. */
export interface KerasModel {
  /** `{class_name, config}` of a Sequential or Functional model. */
  readonly config: unknown;
  readonly weights: readonly KerasWeight[];
  /** As the file states it: `2.15.0`, `3.5.0`, `tfjs-layers 4.22.0`. */
  readonly kerasVersion?: string;
}

/** What every step of reading one file shares. */
interface Reading {
  readonly draft: NetworkDraft;
  readonly kerasMajor: number;
  readonly warn: (sentence: string) => void;
  readonly takeWeight: (layer: KerasLayer, path: readonly string[], roles: readonly string[]) => KerasWeight;
}

const modelClasses: ReadonlySet<string> = new Set(['Functional', 'Model', 'Sequential']);
const mergeClasses: ReadonlySet<string> = new Set(['Add', 'Concatenate', 'Multiply']);
const deepestNesting = 32;

const isModel = ({ className }: KerasLayer): boolean => modelClasses.has(className);

const layersOf = (model: KerasLayer): KerasLayer[] => {
  const { layers } = model.config;
  if (!Array.isArray(layers) || layers.length === 0) {
    throw unreadable(`A Keras model must list its layers. Received: none in "${model.name}".`);
  }
  return layers.map(parseLayer);
};

const addInput = (name: string, shape: Shape | undefined, { draft }: Reading): string => {
  if (shape === undefined) {
    throw unsupported(
      `A model must state its input shape. Received: none at layer "${name}".`,
      'Give the first layer an input shape and export the model again.',
    );
  }
  return draft.add({ op: 'input', name, inputs: [], shape });
};

const mapLeaf = (
  layer: KerasLayer,
  inputs: readonly string[],
  path: readonly string[],
  { draft, kerasMajor, takeWeight, warn }: Reading,
): string => {
  if (inputs.length !== 1 && !mergeClasses.has(layer.className)) {
    throw unsupported(
      `Layer "${layer.name}" (${layer.className}) must have one input. Received: ${inputs.length}`,
      `Only these layers join several: ${[...mergeClasses].join(', ')}.`,
      { layer: layer.name, className: layer.className },
    );
  }
  const mapping = Object.hasOwn(layerTable, layer.className) ? layerTable[layer.className]! : mapOpaqueLayer;
  return mapping({
    layer,
    inputs,
    kerasMajor,
    add: draft.add,
    shapeOf: draft.shapeOf,
    warn,
    weight: (...roles) => {
      const { name, weight } = takeWeight(layer, path, roles);
      draft.addWeight(name, weight);
      return name;
    },
    readWeight: (role) => takeWeight(layer, path, [role]).weight.data,
  });
};

/** Applies a layer to nodes, or, where there are none yet, to the network's input, which it then makes. */
const applyLayer = (
  layer: KerasLayer,
  inputs: readonly string[],
  path: readonly string[],
  reading: Reading,
): readonly string[] => {
  if (isModel(layer)) return applyModel(layer, inputs, path, reading);
  if (inputs.length > 0) return layer.className === 'InputLayer' ? inputs : [mapLeaf(layer, inputs, path, reading)];
  const shape = readInputShape(layer, reading.warn);
  if (layer.className === 'InputLayer') return [addInput(layer.name, shape, reading)];
  return [mapLeaf(layer, [addInput(`${layer.name}_input`, shape, reading)], path, reading)];
};

const applySequential = (
  model: KerasLayer,
  inputs: readonly string[],
  path: readonly string[],
  reading: Reading,
): readonly string[] => {
  const layers = layersOf(model);
  const [first] = layers;
  let values = inputs;
  if (values.length === 0 && !isModel(first!) && readInputShape(first!, () => {}) === undefined) {
    values = [addInput(`${model.name}_input`, readInputShape(model, reading.warn), reading)];
  }
  for (const layer of layers) values = applyLayer(layer, values, path, reading);
  return values;
};

interface Step {
  readonly layer: KerasLayer;
  readonly index: number;
  readonly call: KerasCall;
}

const callsOf = (layer: KerasLayer): readonly KerasCall[] =>
  layer.className === 'InputLayer' ? [{ inputs: [], hasConstants: false }] : layer.calls;

const applyFunctional = (
  model: KerasLayer,
  inputs: readonly string[],
  path: readonly string[],
  reading: Reading,
): readonly string[] => {
  const entries = parseReferences(model.config.input_layers).map(({ layer }) => layer);
  if (inputs.length > 0 && inputs.length !== entries.length) {
    throw unreadable(
      `Model "${model.name}" must be called on ${entries.length} tensors. Received: ${inputs.length}`,
    );
  }
  const values = new Map<string, readonly string[]>();
  const keyOf = (layer: string, call: number): string => `${call} ${layer}`;
  const resolve = ({ layer, call, tensor }: KerasReference): string => {
    const name = values.get(keyOf(layer, call))?.[tensor];
    if (name === undefined) {
      throw unreadable(
        `Every tensor in model "${model.name}" must come from a layer before it. Received: output ${tensor} of call ${call} of "${layer}"`,
      );
    }
    return name;
  };
  const apply = ({ layer, call }: Step): readonly string[] => {
    const entry = layer.className === 'InputLayer' ? inputs[entries.indexOf(layer.name)] : undefined;
    return entry === undefined ? applyLayer(layer, call.inputs.map(resolve), path, reading) : [entry];
  };
  let pending: Step[] = layersOf(model).flatMap((layer) =>
    callsOf(layer).map((call, index) => ({ layer, index, call })),
  );
  while (pending.length > 0) {
    const waiting: Step[] = [];
    for (const step of pending) {
      const isReady = step.call.inputs.every(({ layer, call }) => values.has(keyOf(layer, call)));
      if (isReady) values.set(keyOf(step.layer.name, step.index), apply(step));
      else waiting.push(step);
    }
    if (waiting.length === pending.length) waiting[0]!.call.inputs.map(resolve);
    pending = waiting;
  }
  return parseReferences(model.config.output_layers).map(resolve);
};

const applyModel = (
  model: KerasLayer,
  inputs: readonly string[],
  path: readonly string[],
  reading: Reading,
): readonly string[] => {
  if (path.length === deepestNesting) {
    throw unreadable(`Models must not nest deeper than ${deepestNesting}. Received: "${model.name}"`);
  }
  const apply = model.className === 'Sequential' ? applySequential : applyFunctional;
  return apply(model, inputs, [...path, model.name], reading);
};
