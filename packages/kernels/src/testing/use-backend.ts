import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

/** Makes `cpu` or `wasm` tfjs's backend in Node; the wasm files are read from the installed package. */
export const useBackend = async (name: 'cpu' | 'wasm'): Promise<void> => {
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${path.dirname(entry)}${path.sep}`);
  if (!(await tf.setBackend(name))) throw new Error(`tfjs has no working backend "${name}"`);
};
