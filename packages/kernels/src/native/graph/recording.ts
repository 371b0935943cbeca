import type * as tf from '@tensorflow/tfjs';
import type { NativeBackend, NativeBinding, OpAttribute, TensorHandle } from '../native-backend.js';

/** An op as it ran; tensors are named by their handles. */
export interface RecordedOp {
  readonly name: string;
  readonly attributes: readonly OpAttribute[];
  readonly inputs: readonly number[];
  readonly outputs: readonly TensorHandle[];
}

/** A tensor that was written from JavaScript. */
export interface RecordedConstant {
  readonly shape: readonly number[];
  readonly dtype: number;
  readonly values: ArrayBufferView;
}

export interface Recording {
  readonly ops: readonly RecordedOp[];
  readonly constants: ReadonlyMap<number, RecordedConstant>;
  /** What the ops took and the function gave back, by handle. */
  readonly taken: ReadonlyMap<number, TensorHandle>;
}

const refuseReading = (): never => {
  throw new Error('A compiled function must not read the values of tensors. Received: one that does');
};

const refuseNesting = (): never => {
  throw new Error('A compiled function must not call another one. Received: one that does');
};

/** The binding with some of its methods, which it doesn't let anybody assign, replaced. */
const amend = (binding: NativeBinding, methods: Partial<NativeBinding>): NativeBinding =>
  Object.create(
    binding,
    Object.fromEntries(Object.entries(methods).map(([name, value]) => [name, { value }])),
  ) as NativeBinding;

/** Runs a function, which must be synchronous, and notes what it asks of TensorFlow. */
export const recordOps = (backend: NativeBackend, run: () => void): Recording => {
  const { binding } = backend;
  const ops: RecordedOp[] = [];
  const constants = new Map<number, RecordedConstant>();
  const taken = new Map<number, TensorHandle>();
  backend.binding = amend(binding, {
    executeOp: (name, attributes, inputs, count) => {
      const outputs = binding.executeOp(name, attributes, inputs, count);
      ops.push({ name, attributes, inputs: [...inputs], outputs });
      return outputs;
    },
    createTensor: (shape, dtype, values) => {
      const id = binding.createTensor(shape, dtype, values);
      constants.set(id, { shape: [...shape], dtype, values });
      return id;
    },
    tensorDataSync: refuseReading,
    runSavedModel: refuseNesting,
  });
  const { getInputTensorIds } = backend;
  const own: { getInputTensorIds?: unknown } = backend;
  own.getInputTensorIds = (tensors: readonly tf.Tensor[]): number[] => {
    const ids = getInputTensorIds.call(backend, tensors);
    for (const [index, id] of ids.entries()) {
      const { shape, dtype } = tensors[index]!;
      if (shape !== undefined) taken.set(id, { id, shape, dtype: backend.getDTypeInteger(dtype) });
    }
    return ids;
  };
  try {
    run();
  } finally {
    backend.binding = binding;
    delete own.getInputTensorIds;
  }
  return { ops, constants, taken };
};
