import * as tf from '@tensorflow/tfjs';

/** tfjs-node's name for its backend. */
export const nativeBackendName = 'tensorflow';

export interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** A tensor of TensorFlow's, by the number that the addon knows it by. */
export interface TensorHandle {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

type BindingConstant =
  | 'TF_FLOAT'
  | 'TF_ATTR_BOOL'
  | 'TF_ATTR_FLOAT'
  | 'TF_ATTR_INT'
  | 'TF_ATTR_SHAPE'
  | 'TF_ATTR_STRING'
  | 'TF_ATTR_TYPE';

/** The part of tfjs-node's addon that runs ops and graphs. */
export interface NativeBinding extends Readonly<Record<BindingConstant, number>> {
  executeOp(
    op: string,
    attributes: readonly OpAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): TensorHandle[];
  createTensor(shape: readonly number[], dtype: number, values: ArrayBufferView): number;
  tensorDataSync(id: number): ArrayBufferView;
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(id: number): void;
  runSavedModel(
    id: number,
    inputs: readonly number[],
    inputNames: string,
    outputNames: string,
  ): TensorHandle[];
}

/** The part of tfjs-node's backend that runs any op of TensorFlow by its name. */
export interface NativeBackend extends tf.KernelBackend {
  binding: NativeBinding;
  executeMultipleOutputs(
    op: string,
    attributes: readonly OpAttribute[],
    inputs: readonly tf.Tensor[],
    outputs: number,
  ): tf.Tensor[];
  /** The handles of tensors, whose values are handed over now if they weren't yet. */
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[];
  createOutputTensor(handle: TensorHandle): tf.Tensor;
  getDTypeInteger(dtype: tf.DataType): number;
}

/** The current backend, which must be tfjs-node's. */
export const nativeBackend = (): NativeBackend => tf.backend() as NativeBackend;

/** Attributes of an op: numbers are floats, `float` stands for the type of its tensors. */
export type OpAttributes = Readonly<Record<string, number | string | boolean>>;

const toOpAttribute = (
  { binding }: NativeBackend,
  name: string,
  value: number | string | boolean,
): OpAttribute => {
  if (value === 'float') return { name, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
  if (typeof value === 'number') return { name, type: binding.TF_ATTR_FLOAT, value };
  return { name, type: typeof value === 'string' ? binding.TF_ATTR_STRING : binding.TF_ATTR_BOOL, value };
};

/**
 * Runs an op of TensorFlow on the current backend, which must be tfjs-node's: its float32 outputs as new tensors.
 * Ops, their attributes and outputs are those of TensorFlow's own definitions.
 */
export const runOp = (
  op: string,
  inputs: readonly tf.Tensor[],
  { attributes = {}, outputs = 1 }: { attributes?: OpAttributes; outputs?: number } = {},
): tf.Tensor[] => {
  const backend = nativeBackend();
  const list = Object.entries({ T: 'float', ...attributes }).map(([name, value]) =>
    toOpAttribute(backend, name, value),
  );
  return backend.executeMultipleOutputs(op, list, inputs, outputs);
};

/** `runOp` for an op with one output. */
export const runSingleOp = (op: string, inputs: readonly tf.Tensor[], attributes?: OpAttributes): tf.Tensor =>
  runOp(op, inputs, attributes && { attributes })[0]!;
