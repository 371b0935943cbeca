import { type ExampleSource, examplesFromArray } from '../training/example-source.js';
import { randomGenerator } from '../training/random-generator.js';

/** 8x8 images of one random colour with noise on every pixel; the class is the colour's largest channel. */
export const colouredImages = (
  size: number,
  { noise = 1, seed = 1 } = {},
): { examples: ExampleSource; labels: Int32Array } => {
  const generator = randomGenerator(seed, 'coloured-images');
  const values = new Float32Array(size * 192);
  const labels = new Int32Array(size);
  for (let image = 0; image < size; image++) {
    const colour = [0, 1, 2].map(() => 2 * generator.uniform() - 1);
    labels[image] = colour.indexOf(Math.max(...colour));
    for (let index = 0; index < 192; index++) {
      values[image * 192 + index] = colour[index % 3]! + noise * (2 * generator.uniform() - 1);
    }
  }
  return { examples: examplesFromArray(values, [8, 8, 3]), labels };
};
