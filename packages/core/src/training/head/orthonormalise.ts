/** Modified Gram-Schmidt over rows, each pass made twice. A row that vanishes stays zero. */
export const orthonormalise = (rows: Float32Array, length: number): Float32Array => {
  const row = (index: number): Float32Array => rows.subarray(index * length, (index + 1) * length);
  const dot = (a: Float32Array, b: Float32Array): number => {
    let total = 0;
    for (let index = 0; index < length; index++) total += a[index]! * b[index]!;
    return total;
  };
  for (let current = 0; current < rows.length / length; current++) {
    const values = row(current);
    const before = Math.sqrt(dot(values, values));
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < current; other++) {
        const axis = row(other);
        const share = dot(values, axis);
        for (let index = 0; index < length; index++) values[index]! -= share * axis[index]!;
      }
    }
    const norm = Math.sqrt(dot(values, values));
    const scale = norm > 1e-6 * before ? 1 / norm : 0;
    for (let index = 0; index < length; index++) values[index]! *= scale;
  }
  return rows;
};
