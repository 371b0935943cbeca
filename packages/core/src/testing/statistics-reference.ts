import { readFileSync } from 'node:fs';

type Row<Length extends 2 | 3 | 4 | 5> = {
  2: [number, number];
  3: [number, number, number];
  4: [number, number, number, number];
  5: [number, number, number, number, number];
}[Length];

/** What numpy and SciPy make of the definitions: scripts/statistics-reference.py. */
export const statisticsReference = JSON.parse(
  readFileSync(new URL('../../scripts/statistics-reference.json', import.meta.url), 'utf8'),
) as {
  distributions: {
    beta: Row<4>[];
    binomial: Row<5>[];
    lowerBound: Row<4>[];
    student: Row<3>[];
    normal: Row<2>[];
  };
  spectrum: { values: number[]; squares: number[] };
  logMe: { rows: number; features: number; classes: number; value: number }[];
  temperature: { scale: number; temperature: number; before: number; after: number }[];
  powerLaw: {
    sizes: number[];
    errors: number[];
    trials: number;
    floor: number;
    exponent: number;
    at1280: number;
  };
};
