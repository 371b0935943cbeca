export interface Schedule {
  /** The highest learning rate. */
  readonly base: number;
  readonly steps: number;
  /** Share of the steps that rise. */
  readonly warmUp: number;
}

/**
 * The learning rate of a step, counted from 0: a linear rise that reaches `base` at the end of the warm-up (Goyal et
 * al. 2017), then half a cosine towards 0 (Loshchilov and Hutter, "SGDR", 2017).
 *
 * @example learningRateAt(0, { base: 1, steps: 10, warmUp: 0.2 }) // 0.5
 */
export const learningRateAt = (step: number, { base, steps, warmUp }: Schedule): number => {
  const rising = Math.round(warmUp * steps);
  if (step < rising) return (base * (step + 1)) / rising;
  return (base / 2) * (1 + Math.cos((Math.PI * (step - rising)) / (steps - rising)));
};
