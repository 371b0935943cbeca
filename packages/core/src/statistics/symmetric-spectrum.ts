const precision = 2 ** -52;
const sweepLimit = 60;

/** Eigenvalues, in no order, and where given vectors lie along their eigenvectors. */
export interface SymmetricSpectrum {
  readonly values: Float64Array;
  /** Of each vector: its coordinate along each eigenvector. */
  readonly coordinates: readonly Float64Array[];
}

/** Householder's reflector that leaves of `row` only its last number; null where that is so already. */
const reflector = (row: Float64Array): { direction: Float64Array; factor: number; last: number } | null => {
  const end = row.length - 1;
  const rest = row.subarray(0, end).reduce((total, value) => total + value * value, 0);
  if (rest === 0) return null;
  const last = -Math.sign(row[end]! || 1) * Math.sqrt(rest + row[end]! ** 2);
  const direction = row.slice();
  direction[end]! -= last;
  return { direction, factor: 2 / (rest + direction[end]! ** 2), last };
};

/** factor * matrix * direction for the leading block, of which the lower triangle is read. */
const multiply = (matrix: Float64Array, size: number, direction: Float64Array, factor: number) => {
  const length = direction.length;
  const product = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const start = i * size;
    const own = direction[i]!;
    let total = matrix[start + i]! * own;
    for (let j = 0; j < i; j++) {
      const value = matrix[start + j]!;
      total += value * direction[j]!;
      product[j]! += value * own;
    }
    product[i]! += total;
  }
  for (let i = 0; i < length; i++) product[i]! *= factor;
  return product;
};

const dot = (a: Float64Array, b: Float64Array): number => {
  let total = 0;
  for (let index = 0; index < a.length; index++) total += a[index]! * b[index]!;
  return total;
};

/** matrix -= direction * other^T + other * direction^T in the lower triangle of the leading block. */
const subtractOuter = (matrix: Float64Array, size: number, direction: Float64Array, other: Float64Array) => {
  for (let i = 0; i < direction.length; i++) {
    const start = i * size;
    const [a, b] = [direction[i]!, other[i]!];
    for (let j = 0; j <= i; j++) matrix[start + j]! -= a * other[j]! + b * direction[j]!;
  }
};

/** Makes the lower triangle tridiagonal, in place; every vector goes along. Diagonal and subdiagonal come back. */
const tridiagonalise = async (
  matrix: Float64Array,
  size: number,
  vectors: readonly Float64Array[],
  pause: () => Promise<void>,
) => {
  const below = new Float64Array(size);
  for (let i = size - 1; i > 0; i--) {
    await pause();
    const row = matrix.subarray(i * size, i * size + i);
    const found = reflector(row);
    below[i - 1] = found === null ? row[i - 1]! : found.last;
    if (found === null) continue;
    const { direction, factor } = found;
    const product = multiply(matrix, size, direction, factor);
    const share = (factor / 2) * dot(product, direction);
    for (let j = 0; j < i; j++) product[j]! -= share * direction[j]!;
    subtractOuter(matrix, size, direction, product);
    for (const vector of vectors) {
      const along = factor * dot(direction, vector);
      for (let j = 0; j < i; j++) vector[j]! -= along * direction[j]!;
    }
  }
  return { diagonal: Float64Array.from({ length: size }, (_, i) => matrix[i * size + i]!), below };
};

/** One implicit QL step on rows `first` to `last`. */
const step = (
  diagonal: Float64Array,
  below: Float64Array,
  first: number,
  last: number,
  vectors: readonly Float64Array[],
): void => {
  const ahead = (diagonal[first + 1]! - diagonal[first]!) / (2 * below[first]!);
  const turn = Math.sqrt(ahead * ahead + 1);
  let g = diagonal[last]! - diagonal[first]! + below[first]! / (ahead + (ahead < 0 ? -turn : turn));
  let [sine, cosine, carried] = [1, 1, 0];
  for (let i = last - 1; i >= first; i--) {
    const f = sine * below[i]!;
    const b = cosine * below[i]!;
    const radius = Math.sqrt(f * f + g * g);
    below[i + 1] = radius;
    if (radius === 0) {
      diagonal[i + 1]! -= carried;
      below[last] = 0;
      return;
    }
    sine = f / radius;
    cosine = g / radius;
    g = diagonal[i + 1]! - carried;
    const r = (diagonal[i]! - g) * sine + 2 * cosine * b;
    carried = sine * r;
    diagonal[i + 1] = g + carried;
    g = cosine * r - b;
    for (const vector of vectors) {
      const [lower, upper] = [vector[i]!, vector[i + 1]!];
      vector[i + 1] = sine * lower + cosine * upper;
      vector[i] = cosine * lower - sine * upper;
    }
  }
  diagonal[first]! -= carried;
  below[first] = g;
  below[last] = 0;
};

/**
 * The spectrum of a symmetric matrix `[size, size]` of which the lower triangle is read and overwritten, by
 * Householder's reduction and implicit QL (Golub and Van Loan, "Matrix computations", 2013, 8.3). Eigenvectors are not
 * formed, which is most of the work of a general routine: reflections and rotations are applied to `vectors`, which
 * stay as they are. `pause` is awaited at every row.
 *
 * @example (await symmetricSpectrum(Float64Array.of(2, 0, 1, 2), 2, [], breathe)).values // 1 and 3
 */
export const symmetricSpectrum = async (
  matrix: Float64Array,
  size: number,
  vectors: readonly Float64Array[],
  pause: () => Promise<void>,
): Promise<SymmetricSpectrum> => {
  const coordinates = vectors.map((vector) => vector.slice());
  const { diagonal, below } = await tridiagonalise(matrix, size, coordinates, pause);
  for (let first = 0; first < size; first++) {
    await pause();
    for (let sweep = 0; sweep < sweepLimit; sweep++) {
      let last = first;
      while (
        last < size - 1 &&
        Math.abs(below[last]!) > precision * (Math.abs(diagonal[last]!) + Math.abs(diagonal[last + 1]!))
      ) {
        last++;
      }
      if (last === first) break;
      step(diagonal, below, first, last, coordinates);
    }
  }
  return { values: diagonal, coordinates };
};
