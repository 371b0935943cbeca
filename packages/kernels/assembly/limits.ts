/** Values held between two limits; one that is no number stays none. */
export function hold(value: v128, low: f32, high: f32): v128 {
  return f32x4.pmin(f32x4.pmax(value, f32x4.splat(low)), f32x4.splat(high));
}
