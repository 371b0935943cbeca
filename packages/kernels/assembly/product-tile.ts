import { at, multiplyAdd } from './lanes';

/** Adds a row of a tile to c: all eight values, or the first `columns` of them. */
function addRow(c: usize, low: v128, high: v128, columns: i32, spill: usize): void {
  if (columns >= 8) {
    v128.store(c, f32x4.add(v128.load(c), low));
    v128.store(c, f32x4.add(v128.load(c, 16), high), 16);
    return;
  }
  v128.store(spill, low);
  v128.store(spill, high, 16);
  for (let i = 0; i < columns; i++) store<f32>(at(c, i), load<f32>(at(c, i)) + load<f32>(at(spill, i)));
}

/**
 * Adds the product of packed panels a [depth, 4] (transposed) and b [depth, 8] to `rows` by `columns` of c, whose rows
 * are `stride` bytes apart. `spill` is eight values of scratch.
 */
export function addProductTile(
  a: usize,
  b: usize,
  depth: i32,
  c: usize,
  stride: usize,
  rows: i32,
  columns: i32,
  spill: usize,
): void {
  const zero = f32x4.splat(0);
  let low0 = zero;
  let high0 = zero;
  let low1 = zero;
  let high1 = zero;
  let low2 = zero;
  let high2 = zero;
  let low3 = zero;
  let high3 = zero;
  for (let k = 0; k < depth; k++) {
    const low = v128.load(b);
    const high = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    low0 = multiplyAdd(low0, a0, low);
    high0 = multiplyAdd(high0, a0, high);
    const a1 = v128.load32_splat(a, 4);
    low1 = multiplyAdd(low1, a1, low);
    high1 = multiplyAdd(high1, a1, high);
    const a2 = v128.load32_splat(a, 8);
    low2 = multiplyAdd(low2, a2, low);
    high2 = multiplyAdd(high2, a2, high);
    const a3 = v128.load32_splat(a, 12);
    low3 = multiplyAdd(low3, a3, low);
    high3 = multiplyAdd(high3, a3, high);
    a += 16;
    b += 32;
  }
  addRow(c, low0, high0, columns, spill);
  if (rows > 1) addRow(c + stride, low1, high1, columns, spill);
  if (rows > 2) addRow(c + 2 * stride, low2, high2, columns, spill);
  if (rows > 3) addRow(c + 3 * stride, low3, high3, columns, spill);
}
