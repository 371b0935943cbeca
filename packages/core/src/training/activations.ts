import * as tf from '@tensorflow/tfjs';
import { compileInference, type InferenceExecutor } from '../executors/compile-inference.js';
import { inferShapes } from '../network/infer-shapes.js';
import type { Network } from '../network/network.js';
import { sizeOf } from '../network/size-of.js';
import { createBreather, throwIfCancelled } from './breathe.js';
import { type ExampleSource, examplesFromArray, range } from './example-source.js';

/** Numbers of input a batch holds at most, and examples: what bounds the memory of a pass. */
const batchNumbers = 2 ** 21;
const batchExamples = 256;

/** How many examples of a shape one batch holds. */
export const inferenceBatchSize = (length: number): number =>
  Math.max(1, Math.min(batchExamples, Math.floor(batchNumbers / length)));

/** Reads examples into a new tensor `[n, ...shape]`. */
export const readBatch = async (source: ExampleSource, indices: readonly number[]): Promise<tf.Tensor> => {
  const values = new Float32Array(indices.length * sizeOf(source.shape));
  await source.read(indices, values);
  return tf.tensor(values, [indices.length, ...source.shape]);
};

/** Examples seen through a network: each read computes. */
const computedExamples = (
  executor: InferenceExecutor,
  source: ExampleSource,
  batchSize: number,
): ExampleSource => {
  const length = sizeOf(executor.outputShape);
  return {
    shape: executor.outputShape,
    size: source.size,
    read: async (indices, into) => {
      for (let start = 0; start < indices.length; start += batchSize) {
        const batch = await readBatch(source, indices.slice(start, start + batchSize));
        const output = executor.run(batch);
        into.set(await output.data<'float32'>(), start * length);
        tf.dispose([batch, output]);
      }
    },
  };
};

export interface ComputeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Examples per batch; by default what 2 million input numbers allow, 256 at most. */
  readonly batchSize?: number | undefined;
}

/** Computes a network's output for all examples, yielding how many are done. Throws `cancelled`. */
export async function* computeAll(
  network: Network,
  source: ExampleSource,
  { signal, batchSize = inferenceBatchSize(sizeOf(source.shape)) }: ComputeOptions,
): AsyncGenerator<number, Float32Array> {
  const breathe = createBreather();
  const executor = compileInference(network);
  try {
    const computed = computedExamples(executor, source, batchSize);
    const length = sizeOf(executor.outputShape);
    const outputs = new Float32Array(source.size * length);
    for (let start = 0; start < source.size; start += batchSize) {
      throwIfCancelled(signal);
      const end = Math.min(start + batchSize, source.size);
      await computed.read(range(start, end), outputs.subarray(start * length, end * length));
      yield end;
      await breathe();
    }
    return outputs;
  } finally {
    executor.dispose();
  }
}

/** Activations of a source, and what frees the network that may still be computing them. */
export interface Activations {
  readonly source: ExampleSource;
  dispose(): void;
}

/**
 * Runs examples through a network: held in memory if they take at most `limit` bytes, else computed at every read.
 * Yields how many are done.
 */
export async function* activationsOf(
  network: Network,
  source: ExampleSource,
  { limit, signal }: { limit: number; signal: AbortSignal | undefined },
): AsyncGenerator<number, Activations> {
  const shape = inferShapes(network).get(network.output)!;
  if (4 * source.size * sizeOf(shape) > limit) {
    const executor = compileInference(network);
    const computed = computedExamples(executor, source, inferenceBatchSize(sizeOf(source.shape)));
    return { source: computed, dispose: () => executor.dispose() };
  }
  const values = yield* computeAll(network, source, { signal });
  return { source: examplesFromArray(values, shape), dispose: () => {} };
}
