/** The address of the value at `index` of an array of 32-bit values. */
export function at(array: usize, index: i32): usize {
  return array + ((<usize>index) << 2);
}

/** How many values `Lanes` holds: four in a `v128`, one in an `f32`, which travels in the first lane of a vector. */
export function count<Lanes>(): i32 {
  return <i32>(sizeof<Lanes>() >> 2);
}

export function fetch<Lanes>(address: usize): v128 {
  return isVector<Lanes>() ? v128.load(address) : v128.load32_zero(address);
}

export function put<Lanes>(address: usize, value: v128): void {
  if (isVector<Lanes>()) v128.store(address, value);
  else v128.store_lane<f32>(address, value, 0);
}

/** The first one, two or three values at an address, and zeros. */
export function loadFirst(address: usize, values: i32): v128 {
  if (values === 1) return v128.load32_zero(address);
  const pair = v128.load64_zero(address);
  return values === 2 ? pair : v128.load_lane<f32>(address, pair, 2, 8);
}

/** `sum + a b`, rounded once where the module is compiled with relaxed SIMD and the processor can. */
export function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(sum, f32x4.mul(a, b));
}
