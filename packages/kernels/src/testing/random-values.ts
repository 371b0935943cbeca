import { seededRandom } from './seeded-random.js';

export interface Values {
  readonly shape: number[];
  readonly data: Float32Array;
}

/** Draws that depend on the seed alone. */
export interface RandomValues {
  /** Both ends included. */
  integer(low: number, high: number): number;
  pick<Choice>(...choices: Choice[]): Choice;
  /** Values in [-1, 1) times `scale`. */
  values(shape: readonly number[], scale?: number): Values;
  /** Counts of channels around the widths of vectors and tiles. */
  channels(): number;
}

export const randomValues = (seed: number): RandomValues => {
  const random = seededRandom(seed);
  const integer = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const pick = <Choice>(...choices: Choice[]): Choice => choices[integer(0, choices.length - 1)]!;
  return {
    integer,
    pick,
    values: (shape, scale = 1) => ({
      shape: [...shape],
      data: Float32Array.from(
        { length: shape.reduce((product, length) => product * length, 1) },
        () => (random() * 2 - 1) * scale,
      ),
    }),
    channels: () => pick(1, 2, 3, 4, 5, 7, 8, 9, 11, 16, 17),
  };
};
