import { createRequire } from 'node:module';
import { registerMemoryReader } from '@regraft/core';
import * as tf from '@tensorflow/tfjs';
import { availableMemory } from './available-memory.js';
import type { EngineFacts, EngineName } from './engine.js';
import { engineUnavailable } from './engine-unavailable.js';
import { findNatives } from './native/find-natives.js';
import { loadNative } from './native/load-native.js';
import { hasOnnxRuntime } from './onnx-runtime.js';
import { startWasm } from './start-wasm.js';

const versionOf = (name: string): string =>
  (createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version;

/** Makes one engine the current one and tells the versions of what only it has. */
const start = async (engine: EngineName, threads: number): Promise<Readonly<Record<string, string>>> => {
  switch (engine) {
    case 'native':
      return (await loadNative(findNatives(), threads)).versions;
    case 'wasm':
      if (await startWasm()) return {};
      throw engineUnavailable(
        'The wasm engine needs WebAssembly with SIMD. Received: a Node that does not start it',
        'Use a newer Node, or the cpu engine: --engine cpu',
      );
    case 'cpu':
      await tf.setBackend('cpu');
      // At its first use this backend prints an advertisement of tfjs-node.
      Object.assign(tf.backend(), { firstUse: false });
      return {};
  }
};

/**
 * Makes an engine the current one of this process's TensorFlow.js.
 *
 * @param threads of the native engine; the others have one
 * @throws RegraftError `engine-unavailable` with the command that adds it
 */
export const useEngine = async (engine: EngineName, threads: number): Promise<EngineFacts> => {
  const own = await start(engine, threads);
  await tf.ready();
  registerMemoryReader(availableMemory);
  const onnxRuntime = hasOnnxRuntime();
  return {
    backend: engine,
    threads: engine === 'native' ? threads : 1,
    trunk: onnxRuntime ? 'onnxruntime' : 'tfjs',
    versions: {
      tfjs: tf.version.tfjs,
      ...own,
      ...(onnxRuntime ? { 'onnxruntime-node': versionOf('onnxruntime-node') } : {}),
    },
  };
};
