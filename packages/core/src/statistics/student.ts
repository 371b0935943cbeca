import { bisect } from './bisect.js';
import { incompleteBeta } from './incomplete-beta.js';

/** P(|T| >= t) for Student's t with `degrees` of freedom, which need not be whole. */
export const studentTwoSided = (t: number, degrees: number): number =>
  incompleteBeta(degrees / (degrees + t ** 2), degrees / 2, 0.5);

/** The t that |T| exceeds with probability `risk`. */
export const studentQuantile = (risk: number, degrees: number): number => {
  const share = bisect((x) => incompleteBeta(x, degrees / 2, 0.5) - risk, 0, 1);
  return Math.sqrt(degrees * (1 / share - 1));
};
