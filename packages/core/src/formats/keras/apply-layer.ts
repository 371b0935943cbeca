import { unsupported } from '../format-errors.js';
import type { KerasLayer } from './keras-layer.js';
import { layerTable } from './layer-table.js';
import { mapOpaqueLayer } from './layers/opaque.js';
import type { Reading } from './reading.js';

const mergeClasses: ReadonlySet<string> = new Set(['Add', 'Concatenate', 'Multiply']);
const knownClasses: readonly string[] = Object.keys(layerTable);

/** Appends the nodes of a plain layer (no model, no input) and returns the name of the last. */
export const applyLayer = (
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
    knownClasses,
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
