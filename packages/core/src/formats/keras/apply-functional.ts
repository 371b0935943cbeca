import { unreadable } from '../format-errors.js';
import { isModel, type KerasCall, type KerasLayer, type KerasReference } from './keras-layer.js';
import { parseReferences } from './parse-layer.js';

interface Step {
  readonly layer: KerasLayer;
  readonly index: number;
  readonly call: KerasCall;
}

const stepsOf = (layer: KerasLayer, firstCall: number): Step[] => {
  const calls = layer.className === 'InputLayer' ? [{ inputs: [], hasConstants: false }] : layer.calls;
  return calls.map((call, index) => ({ layer, index: firstCall + index, call }));
};

/**
 * The number of a layer's first call. Keras counts the building of some inner models as their call 0, which
 * the file doesn't list, so theirs is the least number that anything refers to.
 */
const firstCalls = (layers: readonly KerasLayer[], outputs: readonly KerasReference[]) => {
  const least = new Map<string, number>();
  const inputs = layers.flatMap(({ calls }) => calls.flatMap((call) => call.inputs));
  for (const { call, layer } of [...inputs, ...outputs]) {
    least.set(layer, Math.min(least.get(layer) ?? call, call));
  }
  return (layer: KerasLayer): number => (isModel(layer) ? (least.get(layer.name) ?? 0) : 0);
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
  const outputs = parseReferences(model.config.output_layers);
  const firstCall = firstCalls(layers, outputs);
  let pending = layers.flatMap((layer) => stepsOf(layer, firstCall(layer)));
  while (pending.length > 0) {
    const waiting: Step[] = [];
    for (const step of pending) {
      if (step.call.inputs.every(values.has)) values.set(step, run(step));
      else waiting.push(step);
    }
    if (waiting.length === pending.length) waiting[0]!.call.inputs.forEach(values.get);
    pending = waiting;
  }
  return outputs.map(values.get);
};
