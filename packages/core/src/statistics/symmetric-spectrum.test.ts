import { expect, test } from 'vitest';
import { statisticsReference } from '../testing/statistics-reference.js';
import { symmetricSpectrum } from './symmetric-spectrum.js';

const pause = async () => {};

test("agrees with numpy's eigenvalues, and on where a vector lies", async () => {
  const size = 23;
  const matrix = Float64Array.from({ length: size * size }, (_, index) => {
    const [i, j] = [Math.floor(index / size), index % size];
    return ((i * j * 7 + 3 * (i + j)) % 29) / 29 - 0.5;
  });
  const vector = Float64Array.from({ length: size }, (_, index) => ((index * 11) % 13) - 6);
  const { values, coordinates } = await symmetricSpectrum(matrix, size, [vector], pause);
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const { spectrum } = statisticsReference;
  for (const [rank, index] of order.entries()) {
    expect(values[index]).toBeCloseTo(spectrum.values[rank]!, 12);
    expect(coordinates[0]![index]! ** 2).toBeCloseTo(spectrum.squares[rank]!, 9);
  }
  expect(vector[1]).toBe(5);
});

test.each([
  ['one number', [3], 1, [3]],
  ['zero', [0, 0, 0, 0], 2, [0, 0]],
  ['a diagonal', [2, 0, 0, 0, 2, 0, 0, 0, -1], 3, [-1, 2, 2]],
  ['rank one', [1, 1, 1, 1, 1, 1, 1, 1, 1], 3, [0, 0, 3]],
])('%s', async (_, matrix, size, expected) => {
  const { values, coordinates } = await symmetricSpectrum(
    Float64Array.from(matrix),
    size,
    [new Float64Array(size).fill(1)],
    pause,
  );
  const sorted = [...values].sort((a, b) => a - b);
  for (const [index, value] of expected.entries()) expect(sorted[index]).toBeCloseTo(value, 14);
  expect(coordinates[0]!.reduce((total, value) => total + value ** 2, 0)).toBeCloseTo(size, 13);
});
