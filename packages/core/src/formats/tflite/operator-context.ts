import type { RegraftError } from '@regraft/errors';
import type { NetworkNode, Shape, Weight } from '../../network/network.js';
import { unreadable, unsupported } from '../format-errors.js';
import type { NetworkDraft } from '../network-draft.js';
import { uniqueNames } from '../unique-names.js';
import { emptyTable, type FlatTable } from './flatbuffer.js';
import {
  constantFinder,
  decodeFloats,
  decodeIntegers,
  fixedShape,
  quantisedTensor,
} from './tflite-constants.js';
import type { TfliteGraph, TfliteOperator, TfliteTensor } from './tflite-graph.js';

/** What the conversion of one operator may use; positions count its inputs. */
export interface OperatorContext {
  readonly inputCount: number;
  readonly options: FlatTable;
  /** The name of the tensor the operator makes; the last node it adds takes it. */
  readonly name: string;
  /** The shape of an input without the batch. */
  inputShape(position: number): Shape;
  outputShape(): Shape;
  /** The node that makes an input. */
  node(position: number): string;
  /** The constant at an input; undefined where a node makes it or it is left out. */
  constant(position: number): Weight | undefined;
  integers(position: number): readonly number[];
  /** Stores the constant at an input as a weight in our layout, and returns its name. */
  weight(position: number, layout: (weight: Weight) => Weight): string;
  add(node: NetworkNode): string;
  /** A `weights-unsupported` error that names the operator. */
  fail(rule: string): RegraftError;
}

/** The state that converting one graph shares between its operators. */
export interface Conversion {
  /** Whether a tensor is a constant of the file. */
  isConstant(index: number): boolean;
  nameOf(index: number): string;
  /** Throws `weights-unsupported` for a tensor of a quantised model. */
  requireFloats(index: number): void;
  shapeOf(index: number): Shape;
  setValue(index: number, node: string): void;
  nodeOf(index: number): string;
  contextOf(operator: TfliteOperator): OperatorContext;
}

const withoutBatch = (tensor: TfliteTensor): Shape => {
  const shape = fixedShape(tensor);
  const { name } = tensor;
  if (shape[0] === 1) return shape.slice(1);
  throw unsupported(
    `Every tensor of a TFLite model must start with a batch of 1. Received: [${shape.join(', ')}] for "${name}"`,
    'Choose an output before that tensor, or export an image model.',
    { tensor: name },
  );
};

/** Starts converting a graph into a draft. */
export const startConversion = (graph: TfliteGraph, draft: NetworkDraft): Conversion => {
  const values = new Map<number, string>();
  const weightNames = new Map<TfliteTensor, string>();
  const uniqueName = uniqueNames();
  const findConstant = constantFinder(graph);

  const tensorAt = (index: number | undefined): TfliteTensor => {
    const tensor = index === undefined ? undefined : graph.tensors[index];
    if (tensor !== undefined) return tensor;
    throw unreadable(`Every tensor must be in the TFLite file. Received: number ${index}`);
  };
  const nodeOf = (index: number | undefined): string => {
    const tensor = tensorAt(index);
    const value = values.get(index!);
    if (value !== undefined) return value;
    throw unreadable(`Tensor "${tensor.name}" must come from an operator before it is read. Received: none`);
  };
  const storeWeight = (tensor: TfliteTensor, weight: Weight): string => {
    const stored = weightNames.get(tensor);
    if (stored !== undefined) return stored;
    const name = uniqueName(tensor.name);
    weightNames.set(tensor, name);
    draft.addWeight(name, weight);
    return name;
  };
  const contextOf = ({ code, inputs, options, outputs }: TfliteOperator): OperatorContext => {
    const output = tensorAt(outputs[0]);
    const fail = (rule: string): RegraftError =>
      unsupported(
        `Operator ${code} of "${output.name}": ${rule}.`,
        'Choose an output before it, or export the model without it.',
        { operator: code, tensor: output.name },
      );
    const requireConstant = (position: number): TfliteTensor => {
      const tensor = findConstant(inputs[position]);
      if (tensor === undefined) throw fail(`its input ${position} must be a constant`);
      return tensor;
    };
    return {
      inputCount: inputs.length,
      options: options ?? emptyTable,
      name: output.name,
      fail,
      add: draft.add,
      inputShape: (position) => withoutBatch(tensorAt(inputs[position])),
      outputShape: () => withoutBatch(output),
      node: (position) => nodeOf(inputs[position]),
      constant: (position) => {
        const tensor = findConstant(inputs[position]);
        return tensor === undefined ? undefined : decodeFloats(tensor);
      },
      integers: (position) => {
        const integers = decodeIntegers(requireConstant(position));
        if (integers === undefined) throw fail(`its input ${position} must hold int32 constants`);
        return integers;
      },
      weight: (position, layout) => {
        const tensor = requireConstant(position);
        return storeWeight(tensor, layout(decodeFloats(tensor)));
      },
    };
  };
  return {
    contextOf,
    isConstant: (index) => findConstant(index) !== undefined,
    nameOf: (index) => tensorAt(index).name,
    requireFloats: (index) => {
      if (/^u?int(8|16)$/.test(tensorAt(index).type)) throw quantisedTensor(tensorAt(index));
    },
    shapeOf: (index) => withoutBatch(tensorAt(index)),
    setValue: (index, node) => void values.set(index, node),
    nodeOf,
  };
};
