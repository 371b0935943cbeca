import { RegraftError } from '@regraft/errors';
import type { Shape } from '../network/network.js';
import { sizeOf } from '../network/size-of.js';

/** Examples that can be read in any order: decoded images, or activations cached at a cut. */
export interface ExampleSource {
  /** Of one example, without the batch dimension. */
  readonly shape: Shape;
  readonly size: number;
  /** Writes the examples `indices` one after another into the start of `into`. */
  read(indices: readonly number[], into: Float32Array): void | Promise<void>;
}

/** Examples with a class index each. */
export interface LabelledExamples {
  readonly examples: ExampleSource;
  /** Indexes into the model's labels. */
  readonly labels: ArrayLike<number>;
}

/**
 * A source over numbers held in memory, example after example. Throws `data-invalid` if they don't divide into
 * examples of the shape.
 *
 * @example const source = examplesFromArray(features, [1280]);
 */
export const examplesFromArray = (values: Float32Array, shape: Shape): ExampleSource => {
  const length = sizeOf(shape);
  if (values.length % length !== 0) {
    throw new RegraftError({
      code: 'data-invalid',
      message: `Examples of shape [${shape.join(', ')}] have ${length} numbers each. Received: ${values.length} numbers.`,
      hint: 'Give whole examples.',
    });
  }
  return {
    shape,
    size: values.length / length,
    read: (indices, into) => {
      for (const [row, index] of indices.entries()) {
        into.set(values.subarray(index * length, (index + 1) * length), row * length);
      }
    },
  };
};

/**
 * Several sources of the same shape as one: the examples of the first, then those of the second, and so on.
 *
 * @example const rows = joinExamples([features, ...augmentedViews]);
 */
export const joinExamples = (sources: readonly ExampleSource[]): ExampleSource => {
  const { shape } = sources[0]!;
  const length = sizeOf(shape);
  const starts: number[] = [];
  let size = 0;
  for (const source of sources) {
    starts.push(size);
    size += source.size;
  }
  const owner = (index: number): number => starts.findLastIndex((start) => start <= index);
  return {
    shape,
    size,
    read: async (indices, into) => {
      for (let start = 0, end = 0; start < indices.length; start = end) {
        const source = owner(indices[start]!);
        while (end < indices.length && owner(indices[end]!) === source) end++;
        const own = indices.slice(start, end).map((index) => index - starts[source]!);
        await sources[source]!.read(own, into.subarray(start * length, end * length));
      }
    },
  };
};

/** The integers from `start` up to, not including, `end`. */
export const range = (start: number, end: number): number[] =>
  Array.from({ length: end - start }, (_, index) => start + index);
