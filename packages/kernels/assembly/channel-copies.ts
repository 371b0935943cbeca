import { at } from './lanes';

/** Each of the `size` values of x, `times` over: channels as a depthwise convolution multiplies them. */
export function repeatValues(x: usize, repeated: usize, size: i32, times: i32): void {
  let out = repeated;
  for (let i = 0; i < size; i++) {
    const value = load<f32>(at(x, i));
    for (let copy = 0; copy < times; copy++) {
      store<f32>(out, value);
      out += 4;
    }
  }
}

/** Sums of each `length` neighbouring values of x, `size` sums in all. */
export function sumNeighbours(x: usize, sums: usize, size: i32, length: i32): void {
  let value = x;
  for (let i = 0; i < size; i++) {
    let total: f32 = 0;
    for (let j = 0; j < length; j++) {
      total += load<f32>(value);
      value += 4;
    }
    store<f32>(at(sums, i), total);
  }
}
