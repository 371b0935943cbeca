import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

// onnxruntime sends telemetry unless this stands in the environment of the process when its library is loaded. A worker
// thread has only a copy of the environment, so it must be set here, before one starts.
process.env.ORT_DISABLE_TELEMETRY ??= '1';

/** Whether onnxruntime-node's library loads on this machine; asking loads it. */
export const hasOnnxRuntime = (): boolean => {
  try {
    require('onnxruntime-node');
    return true;
  } catch {
    return false;
  }
};
