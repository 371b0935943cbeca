import { normaliseByTable } from './normalise-by-table.js';
import type { TrunkProgram } from './worker-messages.js';

/** Runs a trunk on the packed RGB bytes of one image; the result is the caller's. */
export type ProgramRunner = (pixels: Uint8Array) => Promise<Float32Array>;

const runOnnx = async (onnx: Uint8Array, shape: readonly number[], input: Float32Array) => {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const session = await InferenceSession.create(onnx, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const feeds = { input: new Tensor('float32', input, [1, ...shape]) };
  return async (): Promise<Float32Array> => {
    const { output } = await session.run(feeds);
    return Float32Array.from(output!.data as Float32Array);
  };
};

const runTfjs = async (
  { network }: Extract<TrunkProgram, { engine: 'tfjs' }>,
  shape: readonly number[],
  input: Float32Array,
) => {
  const [{ startEngine }, { compileInference }, tf] = await Promise.all([
    import('../engines/start-engine.js'),
    import('@regraft/core'),
    import('@tensorflow/tfjs'),
  ]);
  await startEngine({ engine: 'wasm' }).catch(() => startEngine({ engine: 'cpu' }));
  const executor = compileInference(network);
  return async (): Promise<Float32Array> => {
    const batch = tf.tensor(input.slice(), [1, ...shape]);
    const output = executor.run(batch);
    const values = await output.data<'float32'>();
    tf.dispose([batch, output]);
    return Float32Array.from(values);
  };
};

/**
 * Prepares a trunk to run one image at a time on one thread, so that an image's result depends on nothing but the
 * image: not on its batch, its order or the number of workers.
 */
export const createRunner = async (program: TrunkProgram, table: Float32Array): Promise<ProgramRunner> => {
  const { inputShape } = program;
  const input = new Float32Array(inputShape.reduce((product, length) => product * length, 1));
  const run =
    program.engine === 'onnxruntime'
      ? await runOnnx(program.onnx, inputShape, input)
      : await runTfjs(program, inputShape, input);
  return (pixels) => {
    normaliseByTable(pixels, table, input);
    return run();
  };
};
