import * as tf from '@tensorflow/tfjs';

/** tfjs-node's name for its backend. */
export const nativeBackendName = 'tensorflow';

interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** The part of tfjs-node's backend that runs any op of TensorFlow by its name. */
interface NativeBackend extends tf.KernelBackend {
  readonly binding: Readonly<
    Record<'TF_FLOAT' | 'TF_ATTR_TYPE' | 'TF_ATTR_FLOAT' | 'TF_ATTR_STRING' | 'TF_ATTR_BOOL', number>
  >;
  executeMultipleOutputs(
    op: string,
    attributes: readonly OpAttribute[],
    inputs: readonly tf.Tensor[],
    outputs: number,
  ): tf.Tensor[];
}

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
  const backend = tf.backend() as NativeBackend;
  const list = Object.entries({ T: 'float', ...attributes }).map(([name, value]) =>
    toOpAttribute(backend, name, value),
  );
  return backend.executeMultipleOutputs(op, list, inputs, outputs);
};

/** `runOp` for an op with one output. */
export const runSingleOp = (op: string, inputs: readonly tf.Tensor[], attributes?: OpAttributes): tf.Tensor =>
  runOp(op, inputs, attributes && { attributes })[0]!;
