import { InferenceSession, Tensor } from 'onnxruntime-node';

/** Opens the segments of a trunk on plain onnxruntime, one thread each; returns what runs them on a batch of values. */
export const openSegments = async (segments) => {
  const sessions = [];
  for (const { onnx, shape } of segments) {
    const options = { intraOpNumThreads: 1, interOpNumThreads: 1 };
    sessions.push({ session: await InferenceSession.create(onnx, options), shape });
  }
  return async (values, batch = 1) => {
    let last = values;
    for (const { session, shape } of sessions) {
      const { output } = await session.run({ input: new Tensor('float32', last, [batch, ...shape]) });
      last = output.data;
    }
    return last;
  };
};
