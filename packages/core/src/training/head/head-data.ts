import { RegraftError } from '@regraft/errors';
import { type ExampleSource, range } from '../example-source.js';
import { type ColumnStatistics, columnStatistics } from './column-statistics.js';

const statisticsRows = 1024;

/** What a head is fitted to. */
export interface HeadData {
  /** Pooled features `[features]`: all examples, then all of them again in each further view. */
  readonly features: ExampleSource;
  /** Of the examples, once. */
  readonly labels: Int32Array;
  readonly classes: number;
  /** Of each class in the loss. */
  readonly classWeights: Float64Array;
}

/** Rows of features, and what the loss needs to know of each. */
export interface HeadRows {
  /** In the source. */
  readonly indices: readonly number[];
  readonly labels: Int32Array;
  readonly weights: Float64Array;
}

/** The rows of some examples in every view; the views of an example share its weight. */
export const selectRows = (
  { features, labels, classWeights }: HeadData,
  examples: readonly number[],
): HeadRows => {
  const views = features.size / labels.length;
  const repeated = Array.from({ length: views }, () => examples).flat();
  return {
    indices: repeated.map((example, row) => example + Math.floor(row / examples.length) * labels.length),
    labels: Int32Array.from(repeated, (example) => labels[example]!),
    weights: Float64Array.from(repeated, (example) => classWeights[labels[example]!]! / views),
  };
};

/**
 * Statistics of all rows, read in chunks and yielding between them. Throws `data-invalid` for features that aren't
 * finite.
 */
export async function* readStatistics(features: ExampleSource): AsyncGenerator<undefined, ColumnStatistics> {
  const width = features.shape[0]!;
  const statistics = columnStatistics(width);
  for (let start = 0; start < features.size; start += statisticsRows) {
    const indices = range(start, Math.min(start + statisticsRows, features.size));
    const rows = new Float32Array(indices.length * width);
    await features.read(indices, rows);
    statistics.add(rows);
    yield;
  }
  const found = statistics.finish();
  if (found.mean.every(Number.isFinite) && found.deviation.every(Number.isFinite)) return found;
  throw new RegraftError({
    code: 'data-invalid',
    message: 'The features of every example must be finite numbers. Received: NaN or infinity among them.',
    hint: "Check the backbone's weights and the preprocessing.",
  });
}
