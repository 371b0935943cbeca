import * as tf from '@tensorflow/tfjs';
import type { ExampleSource } from '../example-source.js';
import { type ColumnStatistics, standardise } from './column-statistics.js';
import type { LeadingAxes } from './leading-axes.js';

/** What bounds the memory of a matrix, in numbers of four bytes. */
export interface MatrixLimits {
  /** Of a chunk. */
  readonly chunk: number;
  /** A matrix up to this size stays on the device; a larger one is read and prepared anew in every pass. */
  readonly resident: number;
}

const defaultLimits: MatrixLimits = { chunk: 2 ** 22, resident: 2 ** 26 };

/** Standardised features, row chunk by row chunk. */
export interface FeatureMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Visits chunks `[n, columns]` in order, with the number of the first row of each. */
  forEachChunk(visit: (chunk: tf.Tensor2D, start: number) => Promise<void>): Promise<void>;
  dispose(): void;
}

/**
 * Puts the coordinates along leading axes before what is left of the features without them. The same linear
 * functions can be written with it, with the same squared norm, and the few directions of large variance, which
 * slow a minimiser down, stand in columns of their own where a scale can take them into account.
 */
const separateAxes = (rows: tf.Tensor2D, { axes, count }: LeadingAxes): tf.Tensor2D =>
  tf.tidy(() => {
    const basis = tf.tensor2d(axes, [count, rows.shape[1]]);
    const along = tf.matMul(rows, tf.transpose(basis));
    return tf.concat([along, tf.sub(rows, tf.matMul(along, basis))], 1) as tf.Tensor2D;
  });

/** Standardised rows `indices` of a source as a tensor. */
export const readFeatures = async (
  source: ExampleSource,
  indices: readonly number[],
  statistics: ColumnStatistics,
): Promise<tf.Tensor2D> => {
  const features = source.shape[0]!;
  const values = new Float32Array(indices.length * features);
  await source.read(indices, values);
  return tf.tensor2d(standardise(values, statistics), [indices.length, features]);
};

/** The matrix of the rows `indices` of a source of features `[features]`. */
export const createFeatureMatrix = async (
  source: ExampleSource,
  indices: readonly number[],
  statistics: ColumnStatistics,
  axes: LeadingAxes | null,
  limits: MatrixLimits = defaultLimits,
): Promise<FeatureMatrix> => {
  const columns = source.shape[0]! + (axes?.count ?? 0);
  const chunkRows = Math.max(1, Math.floor(limits.chunk / columns));
  const prepare = async (start: number): Promise<tf.Tensor2D> => {
    const rows = await readFeatures(source, indices.slice(start, start + chunkRows), statistics);
    if (axes === null) return rows;
    const separated = separateAxes(rows, axes);
    rows.dispose();
    return separated;
  };
  const starts = Array.from(
    { length: Math.ceil(indices.length / chunkRows) },
    (_, chunk) => chunk * chunkRows,
  );
  const resident: tf.Tensor2D[] = [];
  if (indices.length * columns <= limits.resident) {
    for (const start of starts) resident.push(await prepare(start));
  }
  return {
    rows: indices.length,
    columns,
    forEachChunk: async (visit) => {
      for (const [index, start] of starts.entries()) {
        const held = resident[index];
        const chunk = held ?? (await prepare(start));
        await visit(chunk, start);
        if (held === undefined) chunk.dispose();
      }
    },
    dispose: () => tf.dispose(resident),
  };
};
