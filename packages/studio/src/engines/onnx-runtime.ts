import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Whether onnxruntime-node's library loads on this machine; asking loads it. */
export const hasOnnxRuntime = (): boolean => {
  try {
    require('onnxruntime-node');
    return true;
  } catch {
    return false;
  }
};
