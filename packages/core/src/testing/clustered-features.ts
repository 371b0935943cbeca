import { drawNormal } from '../statistics/draw-normal.js';
import type { RandomGenerator } from '../training/random-generator.js';

/** Normal clusters, `spread` wide about class centres of unit variance; row k is of class k mod classes. */
export const clusteredFeatures = (
  generator: RandomGenerator,
  { rows, features, classes, spread }: { rows: number; features: number; classes: number; spread: number },
) => {
  const centres = Float32Array.from({ length: classes * features }, () => drawNormal(generator));
  const labels = Int32Array.from({ length: rows }, (_, row) => row % classes);
  const values = Float32Array.from({ length: rows * features }, (_, index) => {
    const label = labels[Math.floor(index / features)]!;
    return centres[label * features + (index % features)]! + spread * drawNormal(generator);
  });
  return { values, labels };
};
