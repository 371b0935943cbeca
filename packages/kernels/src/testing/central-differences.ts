/**
 * Gradient of a function of many values by central differences in double precision. Each value moves by `step`, which
 * makes no error where the function is linear in each value.
 */
export const centralDifferences = (
  evaluate: (values: Float64Array) => number,
  at: ArrayLike<number>,
  step = 1e-4,
): Float64Array => {
  const values = Float64Array.from(at);
  return Float64Array.from(at, (value, index) => {
    values[index] = value + step;
    const above = evaluate(values);
    values[index] = value - step;
    const below = evaluate(values);
    values[index] = value;
    return (above - below) / (2 * step);
  });
};
