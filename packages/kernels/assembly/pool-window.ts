/** The first of an axis's pixels that the window at output position `position` covers. */
export function windowStart(position: i32, stride: i32, pad: i32): i32 {
  return max(position * stride - pad, 0);
}

/** The pixel behind the last one that it covers. */
export function windowEnd(position: i32, stride: i32, pad: i32, window: i32, size: i32): i32 {
  return min(position * stride - pad + window, size);
}
