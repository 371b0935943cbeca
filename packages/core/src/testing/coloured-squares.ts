import { type ExampleSource, examplesFromArray } from '../training/example-source.js';
import { randomGenerator } from '../training/random-generator.js';

/** 8x8 images of noise on which class k has its channel k brighter in a corner of its own, more or less clearly. */
export const colouredSquares = (
  size: number,
  { classes = 3, clarity = 1, seed = 1 } = {},
): { examples: ExampleSource; labels: Int32Array } => {
  const generator = randomGenerator(seed, 'coloured-squares');
  const values = new Float32Array(size * 192);
  const labels = new Int32Array(size);
  for (let image = 0; image < size; image++) {
    const label = generator.below(classes);
    labels[image] = label;
    for (let index = 0; index < 192; index++) {
      const [row, column, channel] = [Math.floor(index / 24), Math.floor(index / 3) % 8, index % 3];
      const isSquare = channel === label % 3 && Math.floor(row / 4) === label % 2 && column < 4;
      values[image * 192 + index] = 2 * generator.uniform() - 1 + (isSquare ? clarity : 0);
    }
  }
  return { examples: examplesFromArray(values, [8, 8, 3]), labels };
};
