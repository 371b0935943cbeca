import { unreadable, unsupported } from '../format-errors.js';
import type { FlatTable } from './flatbuffer.js';

/** A tensor of the file: a constant where `data` is not empty. */
export interface TfliteTensor {
  readonly name: string;
  /** With the batch first. */
  readonly shape: readonly number[];
  readonly type: string;
  readonly data: Uint8Array;
}

/** A step of the file; inputs and outputs are positions in `tensors`, -1 for one left out. */
export interface TfliteOperator {
  readonly code: string;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: FlatTable | undefined;
}

/** The first subgraph of a TFLite file. */
export interface TfliteGraph {
  readonly tensors: readonly TfliteTensor[];
  /** In the order they run. */
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

const tensorTypes = [
  'float32',
  'float16',
  'int32',
  'uint8',
  'int64',
  'string',
  'bool',
  'int16',
  'complex64',
  'int8',
];

/** Names of the builtin operators that have a meaning here or are likely in an image model, by schema number. */
const operatorCodes: Readonly<Record<number, string>> = {
  0: 'ADD',
  1: 'AVERAGE_POOL_2D',
  2: 'CONCATENATION',
  3: 'CONV_2D',
  4: 'DEPTHWISE_CONV_2D',
  6: 'DEQUANTIZE',
  9: 'FULLY_CONNECTED',
  14: 'LOGISTIC',
  17: 'MAX_POOL_2D',
  18: 'MUL',
  19: 'RELU',
  21: 'RELU6',
  22: 'RESHAPE',
  23: 'RESIZE_BILINEAR',
  25: 'SOFTMAX',
  28: 'TANH',
  34: 'PAD',
  37: 'BATCH_TO_SPACE_ND',
  38: 'SPACE_TO_BATCH_ND',
  39: 'TRANSPOSE',
  40: 'MEAN',
  41: 'SUB',
  42: 'DIV',
  43: 'SQUEEZE',
  45: 'STRIDED_SLICE',
  60: 'PADV2',
  67: 'TRANSPOSE_CONV',
  97: 'RESIZE_NEAREST_NEIGHBOR',
  98: 'LEAKY_RELU',
  111: 'ELU',
  114: 'QUANTIZE',
  117: 'HARD_SWISH',
  150: 'GELU',
};

const customOperator = 32;

const codeOf = (table: FlatTable): string => {
  const code = Math.max(table.byte(0), table.integer(3));
  return code === customOperator ? table.text(1) : (operatorCodes[code] ?? `builtin operator ${code}`);
};

const mostOperators = 20_000;

/** Reads the first subgraph of a model table; constants stay views of the file. */
export const readTfliteGraph = (model: FlatTable): TfliteGraph => {
  const codes = model.tables(1).map(codeOf);
  const [graph] = model.tables(2);
  if (graph === undefined) throw unreadable('A TFLite file must hold a graph. Received: none');
  const buffers = model.tables(4);
  const operators = graph.tables(3);
  if (operators.length > mostOperators) {
    throw unsupported(
      `A TFLite graph may have ${mostOperators} operators. Received: ${operators.length}`,
      'Export a plain image model.',
    );
  }
  return {
    tensors: graph.tables(0).map((tensor, index) => ({
      name: tensor.text(3) || `tensor-${index}`,
      shape: tensor.integers(0),
      type: tensorTypes[tensor.byte(1)] ?? `type ${tensor.byte(1)}`,
      data: buffers[tensor.integer(2)]?.bytes(0) ?? new Uint8Array(0),
    })),
    operators: operators.map((operator) => ({
      code: codes[operator.integer(0)] ?? 'an operator the file does not name',
      inputs: operator.integers(1),
      outputs: operator.integers(2),
      options: operator.table(4),
    })),
    inputs: graph.integers(1),
    outputs: graph.integers(2),
  };
};
