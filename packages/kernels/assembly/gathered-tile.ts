import { at, multiplyAdd } from './lanes';

/** Writes a row of a tile to c: all eight values, or the first `columns` of them. */
function writeRow(c: usize, low: v128, high: v128, columns: i32, spill: usize): void {
  if (columns >= 8) {
    v128.store(c, low);
    v128.store(c, high, 16);
    return;
  }
  v128.store(spill, low);
  v128.store(spill, high, 16);
  memory.copy(c, spill, (<usize>columns) << 2);
}

/**
 * For `pixels` (at most 4) pixels and `columns` (8 of them, or fewer at the end) channels: the sum over the listed taps
 * of four rows of `depth` values, each times the tap's part of the panel [taps, depth, 8]. An entry of the list is the
 * tap's offset in the panel, in values, and the addresses of the four rows. `spill` is eight values of scratch.
 */
export function sumGatheredTile(
  entries: usize,
  entryCount: i32,
  panel: usize,
  depth: i32,
  c: usize,
  stride: usize,
  pixels: i32,
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
  let entry = entries;
  for (let tap = 0; tap < entryCount; tap++) {
    let b = at(panel, load<i32>(entry));
    let row0 = load<usize>(entry, 4);
    let row1 = load<usize>(entry, 8);
    let row2 = load<usize>(entry, 12);
    let row3 = load<usize>(entry, 16);
    for (let k = 0; k < depth; k++) {
      const low = v128.load(b);
      const high = v128.load(b, 16);
      const a0 = v128.load32_splat(row0);
      low0 = multiplyAdd(low0, a0, low);
      high0 = multiplyAdd(high0, a0, high);
      const a1 = v128.load32_splat(row1);
      low1 = multiplyAdd(low1, a1, low);
      high1 = multiplyAdd(high1, a1, high);
      const a2 = v128.load32_splat(row2);
      low2 = multiplyAdd(low2, a2, low);
      high2 = multiplyAdd(high2, a2, high);
      const a3 = v128.load32_splat(row3);
      low3 = multiplyAdd(low3, a3, low);
      high3 = multiplyAdd(high3, a3, high);
      b += 32;
      row0 += 4;
      row1 += 4;
      row2 += 4;
      row3 += 4;
    }
    entry += 20;
  }
  writeRow(c, low0, high0, columns, spill);
  if (pixels > 1) writeRow(c + stride, low1, high1, columns, spill);
  if (pixels > 2) writeRow(c + 2 * stride, low2, high2, columns, spill);
  if (pixels > 3) writeRow(c + 3 * stride, low3, high3, columns, spill);
}
