/**
 * The lower triangle `[n, n]`, row-major, whose product with its transpose is a symmetric positive definite matrix
 * (Golub and Van Loan, "Matrix computations", 2013, section 4.2).
 */
export const choleskyFactor = (matrix: Float64Array, n: number): Float64Array => {
  const lower = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * n + column]!;
      for (let index = 0; index < column; index++)
        rest -= lower[row * n + index]! * lower[column * n + index]!;
      lower[row * n + column] = row === column ? Math.sqrt(rest) : rest / lower[column * n + column]!;
    }
  }
  return lower;
};

/** The solution of `lower x = vector`, in place of the vector. */
export const solveLower = (lower: Float64Array, vector: Float64Array): Float64Array => {
  const n = vector.length;
  for (let row = 0; row < n; row++) {
    let rest = vector[row]!;
    for (let index = 0; index < row; index++) rest -= lower[row * n + index]! * vector[index]!;
    vector[row] = rest / lower[row * n + row]!;
  }
  return vector;
};
