import type { RecipeRateSearch } from '@regraft/studio/models';
import type { CanvasPoint } from './braille-canvas.js';

/** What a range test's curve is drawn from. */
export type RateCurveSource = Pick<RecipeRateSearch, 'points' | 'suggestion'>;

/** A curve on a canvas whose x is the logarithm of the rate, with what its axes say. */
export interface RateCurve {
  readonly smoothed: readonly CanvasPoint[];
  readonly losses: readonly CanvasPoint[];
  /** Where the suggested rate is. */
  readonly suggestion: number;
  /** The losses at the bottom and the top; the curve leaves the top where the loss blows up. */
  readonly low: number;
  readonly high: number;
  readonly decades: readonly { readonly x: number; readonly label: string }[];
}

/** `0.0012`, `3.2e-7`: a rate with two digits at most. */
export const formatLearningRate = (rate: number): string => {
  const rounded = Number(rate.toPrecision(2));
  return rounded > 0 && rounded < 1e-3 ? rounded.toExponential() : String(rounded);
};

/** `1.26`, `2.9e-4`: a loss at the end of an axis. */
export const formatLoss = (loss: number): string =>
  loss > 0 && loss < 0.01 ? Number(loss.toPrecision(2)).toExponential() : loss.toFixed(2);

const room = 0.15;

/** Lays a range test out: from its lowest smoothed loss to the highest before that, with some room. */
export const layOutRateCurve = ({ points, suggestion }: RateCurveSource): RateCurve => {
  const smoothed = points.map((point) => point.smoothed);
  const lowest = Math.min(...smoothed);
  const highest = Math.max(...smoothed.slice(0, smoothed.indexOf(lowest) + 1));
  const margin = room * Math.max(highest - lowest, 0.05 * highest, 1e-6);
  const [low, high] = [Math.max(0, lowest - margin), highest + margin];
  const [first, last] = [points[0]!.learningRate, points.at(-1)!.learningRate].map(Math.log10);
  const placeOf = (rate: number): number => (Math.log10(rate) - first!) / Math.max(last! - first!, 1e-9);
  const along = (lossOf: (point: (typeof points)[number]) => number): CanvasPoint[] =>
    points.map((point) => ({ x: placeOf(point.learningRate), y: (lossOf(point) - low) / (high - low) }));
  const decades: { x: number; label: string }[] = [];
  for (let power = Math.ceil(first! - 1e-9); power <= last! + 1e-9; power++) {
    decades.push({ x: placeOf(10 ** power), label: power >= -3 ? String(10 ** power) : `1e${power}` });
  }
  return {
    smoothed: along((point) => point.smoothed),
    losses: along(({ loss }) => loss),
    suggestion: Math.min(1, Math.max(0, placeOf(suggestion))),
    low,
    high,
    decades,
  };
};
