import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { registerWasmGradients } from '@regraft/kernels';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

/** The folder of the package that carries the WebAssembly. */
export const wasmFolder = (): string =>
  dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));

let isPrepared = false;

/** Makes wasm the current backend; false where it doesn't start. */
export const startWasm = async (): Promise<boolean> => {
  if (!isPrepared) {
    setWasmPaths(`${wasmFolder()}${sep}dist${sep}`);
    registerWasmGradients();
    isPrepared = true;
  }
  return tf.setBackend('wasm');
};
