import type { TrunkProgram, TrunkSegment } from './worker-messages.js';

/**
 * Runs segments on what enters the one at `from`, one image's values, up to the last that is to be kept. Gives the
 * results of those in `keep`, in their order; they are the caller's.
 */
export type ProgramRunner = (
  values: Float32Array,
  from: number,
  keep: readonly number[],
) => Promise<Float32Array<ArrayBuffer>[]>;

type SegmentRunner = (values: Float32Array) => Promise<Float32Array>;

const prepareOnnx = async ({
  onnx,
  inputShape,
}: Extract<TrunkSegment, { engine: 'onnxruntime' }>): Promise<SegmentRunner> => {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const session = await InferenceSession.create(onnx, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  return async (values) => {
    const { output } = await session.run({ input: new Tensor('float32', values, [1, ...inputShape]) });
    return output!.data as Float32Array;
  };
};

const prepareTfjs = async ({
  network,
  inputShape,
}: Extract<TrunkSegment, { engine: 'tfjs' }>): Promise<SegmentRunner> => {
  const [{ startEngine }, { compileInference }, tf] = await Promise.all([
    import('../engines/start-engine.js'),
    import('@regraft/core'),
    import('@tensorflow/tfjs'),
  ]);
  await startEngine({ engine: 'wasm' }).catch(() => startEngine({ engine: 'cpu' }));
  const executor = compileInference(network);
  return async (values) => {
    const batch = tf.tensor(values, [1, ...inputShape]);
    const output = executor.run(batch);
    const result = await output.data<'float32'>();
    tf.dispose([batch, output]);
    return result;
  };
};

const prepare = (segment: TrunkSegment): Promise<SegmentRunner> =>
  segment.engine === 'onnxruntime' ? prepareOnnx(segment) : prepareTfjs(segment);

/**
 * Runs a program for one image at a time on one thread, so that an image's result depends on nothing but the image: not
 * on its batch, its order or the number of workers. A segment is prepared when it is first needed.
 */
export const createRunner = (program: TrunkProgram): ProgramRunner => {
  const prepared = new Map<number, Promise<SegmentRunner>>();
  const runnerOf = (place: number): Promise<SegmentRunner> => {
    const runner = prepared.get(place) ?? prepare(program[place]!);
    prepared.set(place, runner);
    return runner;
  };
  return async (input, from, keep) => {
    const rows: Float32Array<ArrayBuffer>[] = [];
    let values = input;
    for (let place = from; place <= keep.at(-1)!; place++) {
      const run = await runnerOf(place);
      values = await run(values);
      if (keep.includes(place)) rows.push(Float32Array.from(values));
    }
    return rows;
  };
};
