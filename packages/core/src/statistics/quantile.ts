/** A quantile of values in ascending order, interpolated between neighbours (type 7 of Hyndman and Fan 1996). */
export const quantile = (sorted: Float64Array, share: number): number => {
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)]!;
  return below + (position - Math.floor(position)) * (sorted[Math.ceil(position)]! - below);
};
