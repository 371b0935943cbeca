const log2e: f32 = <f32>Math.LOG2E;
const ln2High: f32 = 0.693359375;
const ln2Low: f32 = -2.1219444e-4;

/** 1.5 times 2^23: added to a number of up to 22 bits it leaves the nearest integer in the low bits. */
const rounding: f32 = 12582912;

/**
 * e^x to 2 units in the last place, x held to where the result is a normal number: 2^n times the series of e^r up to
 * r^7, for |r| <= ln(2) / 2. ln(2) is subtracted in two parts so that r keeps its digits (Cody and Waite 1980).
 */
function exponential(x: v128): v128 {
  const held = f32x4.pmax(f32x4.pmin(x, f32x4.splat(88)), f32x4.splat(-87));
  const shifted = f32x4.add(f32x4.mul(held, f32x4.splat(log2e)), f32x4.splat(rounding));
  const n = f32x4.sub(shifted, f32x4.splat(rounding));
  const rough = f32x4.sub(held, f32x4.mul(n, f32x4.splat(ln2High)));
  const r = f32x4.sub(rough, f32x4.mul(n, f32x4.splat(ln2Low)));
  let series = f32x4.splat(1.0 / 5040.0);
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.0 / 720.0));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.0 / 120.0));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.0 / 24.0));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1.0 / 6.0));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(0.5));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23);
  return f32x4.mul(series, power);
}

export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
}
