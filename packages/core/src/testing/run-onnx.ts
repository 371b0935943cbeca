import { InferenceSession, Tensor } from 'onnxruntime-node';

/** Runs an ONNX model of `networkToOnnx` through onnxruntime-node. */
export const runOnnx = async (
  model: Uint8Array,
  data: Float32Array,
  shape: readonly number[],
): Promise<{ shape: readonly number[]; data: Float32Array }> => {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  try {
    const { output } = await session.run({ input: new Tensor('float32', data, shape) });
    return { shape: output!.dims, data: output!.data as Float32Array };
  } finally {
    await session.release();
  }
};
