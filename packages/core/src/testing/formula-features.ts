/** Features `[rows, features]` with a class index for each row, by the formula of scripts/statistics-reference.py. */
export const formulaFeatures = (rows: number, features: number, classes: number) => {
  const labels = Int32Array.from({ length: rows }, (_, row) => ((row * 7) % 10) % classes);
  const values = new Float32Array(rows * features);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < features; column++) {
      const noise = ((row * 37 + column * 71 + row * column * 13) % 101) / 101 - 0.5;
      const signal = (labels[row]! + column) % classes === 0 ? 0.25 : 0;
      values[row * features + column] = noise + signal + 0.3;
    }
  }
  return { values, labels };
};
