import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { registerWasmGradients } from '@regraft/kernels';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { EngineFacts } from './engine.js';
import { hasOnnxRuntime } from './onnx-runtime.js';

const require = createRequire(import.meta.url);

const versionOf = (name: string): string => (require(`${name}/package.json`) as { version: string }).version;

let started: Promise<EngineFacts> | undefined;

const start = async (): Promise<EngineFacts> => {
  setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}${sep}`);
  registerWasmGradients();
  const isWasm = await tf.setBackend('wasm');
  if (!isWasm) await tf.setBackend('cpu');
  await tf.ready();
  const onnxRuntime = hasOnnxRuntime();
  return {
    backend: isWasm ? 'wasm' : 'cpu',
    threads: 1,
    trunk: onnxRuntime ? 'onnxruntime' : 'tfjs',
    versions: {
      tfjs: tf.version.tfjs,
      ...(onnxRuntime ? { 'onnxruntime-node': versionOf('onnxruntime-node') } : {}),
    },
  };
};

/** Chooses the fastest TensorFlow.js backend that is here and makes it the current one, once in a process. */
export const startEngine = (): Promise<EngineFacts> => {
  started ??= start();
  return started;
};
