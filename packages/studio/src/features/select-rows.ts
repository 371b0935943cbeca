/** Rows of a matrix, one after another, in new memory. */
export const selectRows = (values: Float32Array, columns: number, rows: readonly number[]): Float32Array => {
  const selected = new Float32Array(rows.length * columns);
  for (const [place, row] of rows.entries())
    selected.set(values.subarray(row * columns, (row + 1) * columns), place * columns);
  return selected;
};
