import type * as tf from '@tensorflow/tfjs';

/** What the kernels use of tfjs-backend-wasm's `BackendWasm`, whose package isn't needed to compile this one. */
export interface WasmBackend {
  readonly wasm: {
    /** The exports of the backend's own module, its memory among them unless it is shared. */
    readonly asm?: { readonly memory?: WebAssembly.Memory };
    /** The memory that the backend shares between threads. */
    readonly wasmMemory?: WebAssembly.Memory;
  };
  readonly dataIdMap: { get(dataId: tf.DataId): { readonly memoryOffset: number } };
  write(values: tf.TypedArray | null, shape: number[], dtype: tf.DataType): tf.DataId;
  makeOutput(shape: readonly number[], dtype: tf.DataType): tf.TensorInfo;
  readSync(dataId: tf.DataId): tf.BackendValues;
  incRef(dataId: tf.DataId): void;
  disposeData(dataId: tf.DataId): boolean;
}
