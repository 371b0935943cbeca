import type { ExampleSource } from '@regraft/core';

/** The examples of a source at these positions, in their order. */
export const selectExamples = (source: ExampleSource, positions: readonly number[]): ExampleSource => ({
  shape: source.shape,
  size: positions.length,
  read: (indices, into) =>
    source.read(
      indices.map((index) => positions[index]!),
      into,
    ),
});
