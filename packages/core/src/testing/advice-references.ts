import { readFileSync } from 'node:fs';
import type { FeatureRows } from '../advice/drift/feature-rows.js';

/** References that `advice/fixtures/make-references.py` wrote. */
export const adviceReferences = <Content>(name: string): Content =>
  JSON.parse(readFileSync(new URL(`../advice/fixtures/${name}.json`, import.meta.url), 'utf8'));

/** Series `k` of the references' formula. */
export const formulaSeries = (k: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => ((7919 * i + 104729 * (k + 1)) % 2003) / 1001.5 - 1);

/** Series `k` as rows, times `scale`. */
export const formulaRows = (k: number, rows: number, columns: number, scale = 1): FeatureRows => ({
  values: Float32Array.from(formulaSeries(k, rows * columns)).map((value) => value * scale),
  columns,
});
