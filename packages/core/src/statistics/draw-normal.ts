import type { RandomGenerator } from '../training/random-generator.js';

/** A standard normal number (Box and Muller 1958). */
export const drawNormal = (generator: RandomGenerator): number =>
  Math.sqrt(-2 * Math.log(1 - generator.uniform())) * Math.cos(2 * Math.PI * generator.uniform());
