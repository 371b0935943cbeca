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

/** The integers from `start` up to, not including, `end`. */
export const range = (start: number, end: number): number[] =>
  Array.from({ length: end - start }, (_, index) => start + index);
