import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

/** Makes wasm the backend of tfjs, from the installed package. */
export const useWasm = async (): Promise<void> => {
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${path.dirname(entry)}${path.sep}`);
  if (!(await tf.setBackend('wasm'))) throw new Error('tfjs has no working wasm backend');
};
