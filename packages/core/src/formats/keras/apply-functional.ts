import { unreadable } from '../format-errors.js';
import type { KerasCall, KerasLayer, KerasReference } from './keras-layer.js';
import { parseReferences } from './parse-layer.js';

interface Step {
  readonly layer: KerasLayer;
  readonly index: number;
  readonly call: KerasCall;
}

const stepsOf = (layer: KerasLayer): Step[] => {
  const calls = layer.className === 'InputLayer' ? [{ inputs: [], hasConstants: false }] : layer.calls;
  return calls.map((call, index) => ({ layer, index, call }));
};

/** Outputs of each call of each layer, as node names. */
const collectValues = (model: string) => {
  const values = new Map<string, readonly string[]>();
  const keyOf = (layer: string, call: number): string => `${call} ${layer}`;
  return {
    has: ({ layer, call }: KerasReference): boolean => values.has(keyOf(layer, call)),
    set: ({ layer, index }: Step, outputs: readonly string[]): void =>
      void values.set(keyOf(layer.name, index), outputs),
    get: ({ layer, call, tensor }: KerasReference): string => {
      const name = values.get(keyOf(layer, call))?.[tensor];
      if (name !== undefined) return name;
      throw unreadable(
        `Every tensor in model "${model}" must come from a layer of it, without a cycle. Received: output ${tensor} of call ${call} of "${layer}"`,
      );
    },
  };
};

/**
 * Walks a functional model's layers from its inputs to its outputs, in the file's order as far as
 * that is topological, and returns the output nodes.
 */
export const applyFunctional = (
  model: KerasLayer,
  layers: readonly KerasLayer[],
  inputs: readonly string[],
  apply: (layer: KerasLayer, inputs: readonly string[]) => readonly string[],
): readonly string[] => {
  const entries = parseReferences(model.config.input_layers).map(({ layer }) => layer);
  if (inputs.length > 0 && inputs.length !== entries.length) {
    throw unreadable(
      `Model "${model.name}" must be called on ${entries.length} tensors. Received: ${inputs.length}`,
    );
  }
  const values = collectValues(model.name);
  const run = ({ layer, call }: Step): readonly string[] => {
    const given = layer.className === 'InputLayer' ? inputs[entries.indexOf(layer.name)] : undefined;
    return apply(layer, given === undefined ? call.inputs.map(values.get) : [given]);
  };
  let pending = layers.flatMap(stepsOf);
  while (pending.length > 0) {
    const waiting: Step[] = [];
    for (const step of pending) {
      if (step.call.inputs.every(values.has)) values.set(step, run(step));
      else waiting.push(step);
    }
    if (waiting.length === pending.length) waiting[0]!.call.inputs.forEach(values.get);
    pending = waiting;
  }
  return parseReferences(model.config.output_layers).map(values.get);
};
