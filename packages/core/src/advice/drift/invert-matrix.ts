const rounding = 1e-12;

/** The largest sum of absolute values in a column. */
const columnNorm = (matrix: Float64Array, size: number): number => {
  let largest = 0;
  for (let column = 0; column < size; column++) {
    let total = 0;
    for (let row = 0; row < size; row++) total += Math.abs(matrix[row * size + column]!);
    largest = Math.max(largest, total);
  }
  return largest;
};

const swapRows = (matrix: Float64Array, size: number, a: number, b: number): void => {
  const held = matrix.slice(a * size, (a + 1) * size);
  matrix.copyWithin(a * size, b * size, (b + 1) * size);
  matrix.set(held, b * size);
};

/** Takes `factor` times row `from` off row `row`. */
const takeOff = (matrix: Float64Array, size: number, row: number, from: number, factor: number): void => {
  for (let column = 0; column < size; column++) {
    matrix[row * size + column]! -= factor * matrix[from * size + column]!;
  }
};

const scaleRow = (matrix: Float64Array, size: number, row: number, factor: number): void => {
  for (let column = 0; column < size; column++) matrix[row * size + column]! *= factor;
};

/**
 * The inverse of a `[size, size]` matrix, by Gauss and Jordan's elimination with row pivots, and its condition in the
 * 1-norm. Null where it has none.
 */
export const invertMatrix = (
  matrix: Float64Array,
  size: number,
): { inverse: Float64Array; condition: number } | null => {
  const rest = matrix.slice();
  const inverse = new Float64Array(size * size);
  for (let row = 0; row < size; row++) inverse[row * size + row] = 1;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rest[row * size + column]!) > Math.abs(rest[pivot * size + column]!)) pivot = row;
    }
    if (Math.abs(rest[pivot * size + column]!) < rounding) return null;
    for (const side of [rest, inverse]) swapRows(side, size, column, pivot);
    const scale = 1 / rest[column * size + column]!;
    for (const side of [rest, inverse]) scaleRow(side, size, column, scale);
    for (let row = 0; row < size; row++) {
      const factor = rest[row * size + column]!;
      if (row === column || factor === 0) continue;
      for (const side of [rest, inverse]) takeOff(side, size, row, column, factor);
    }
  }
  return { inverse, condition: columnNorm(matrix, size) * columnNorm(inverse, size) };
};
