import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { registerWasmGradients } from '@regraft/kernels';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

/** The folder of the package that carries the WebAssembly. */
export const wasmFolder = (): string =>
  dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));

/** Lets the kernels use relaxed SIMD on Node 20, whose V8 has it behind a flag; later ones have it without. */
const allowRelaxedSimd = (): void => {
  if (process.versions.v8.startsWith('11.3.')) setFlagsFromString('--experimental-wasm-relaxed-simd');
};

let isPrepared = false;

/** Makes wasm the current backend; false where it doesn't start. */
export const startWasm = async (): Promise<boolean> => {
  if (!isPrepared) {
    setWasmPaths(`${wasmFolder()}${sep}dist${sep}`);
    allowRelaxedSimd();
    registerWasmGradients();
    isPrepared = true;
  }
  return tf.setBackend('wasm');
};
