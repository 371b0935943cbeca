import { at, multiplyAdd } from './lanes';
import { hold } from './limits';

/** Values of x and y that one panel of the filter meets before the next one is read: they stay in a core's cache. */
const blockLimit = 32768;

/** How many values of scratch `pixelProduct` needs. */
export function pixelProductScratch(depth: i32, columns: i32): i32 {
  return 8 + ((columns + 7) & ~7) * (depth + 1);
}

/** Copies bias [columns], if it isn't 0, and filter [depth, columns] into panels [1 + depth, 8], filled up with zeros. */
function packFilter(filter: usize, bias: usize, panels: usize, depth: i32, columns: i32): void {
  let to = panels;
  for (let column = 0; column < columns; column += 8) {
    const length = (<usize>min(8, columns - column)) << 2;
    memory.fill(to, 0, 32);
    if (bias !== 0) memory.copy(to, at(bias, column), length);
    to += 32;
    let from = at(filter, column);
    for (let k = 0; k < depth; k++) {
      if (length < 32) {
        memory.fill(to, 0, 32);
        memory.copy(to, from, length);
      } else {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      }
      from = at(from, columns);
      to += 32;
    }
  }
}

/** Writes a row of a tile to y: all eight values, or the first `columns` of them. */
function writeRow(y: usize, left: v128, right: v128, columns: i32, low: f32, high: f32, spill: usize): void {
  const to = columns >= 8 ? y : spill;
  v128.store(to, hold(left, low, high));
  v128.store(to, hold(right, low, high), 16);
  if (columns < 8) memory.copy(y, spill, (<usize>columns) << 2);
}

/** Products of rows of x with a panel; `columns` of its eight columns and `rows` of the rows are written. */
function computeTile(
  x: usize,
  panel: usize,
  depth: i32,
  y: usize,
  stride: usize,
  rows: i32,
  columns: i32,
  low: f32,
  high: f32,
  spill: usize,
): void {
  const step = (<usize>depth) << 2;
  let row0 = x;
  let row1 = rows > 1 ? row0 + step : row0;
  let row2 = rows > 2 ? row1 + step : row1;
  let row3 = rows > 3 ? row2 + step : row2;
  const biasLeft = v128.load(panel);
  const biasRight = v128.load(panel, 16);
  let left0 = biasLeft;
  let right0 = biasRight;
  let left1 = biasLeft;
  let right1 = biasRight;
  let left2 = biasLeft;
  let right2 = biasRight;
  let left3 = biasLeft;
  let right3 = biasRight;
  let b = panel + 32;
  for (let k = 0; k < depth; k++) {
    const left = v128.load(b);
    const right = v128.load(b, 16);
    const a0 = v128.load32_splat(row0);
    left0 = multiplyAdd(left0, a0, left);
    right0 = multiplyAdd(right0, a0, right);
    const a1 = v128.load32_splat(row1);
    left1 = multiplyAdd(left1, a1, left);
    right1 = multiplyAdd(right1, a1, right);
    const a2 = v128.load32_splat(row2);
    left2 = multiplyAdd(left2, a2, left);
    right2 = multiplyAdd(right2, a2, right);
    const a3 = v128.load32_splat(row3);
    left3 = multiplyAdd(left3, a3, left);
    right3 = multiplyAdd(right3, a3, right);
    b += 32;
    row0 += 4;
    row1 += 4;
    row2 += 4;
    row3 += 4;
  }
  writeRow(y, left0, right0, columns, low, high, spill);
  if (rows > 1) writeRow(y + stride, left1, right1, columns, low, high, spill);
  if (rows > 2) writeRow(y + 2 * stride, left2, right2, columns, low, high, spill);
  if (rows > 3) writeRow(y + 3 * stride, left3, right3, columns, low, high, spill);
}

/** x [rows, depth] times filter [depth, columns], plus the bias if it isn't 0, held between `low` and `high`. */
export function pixelProduct(
  x: usize,
  filter: usize,
  bias: usize,
  y: usize,
  scratch: usize,
  rows: i32,
  depth: i32,
  columns: i32,
  low: f32,
  high: f32,
): void {
  const panels = at(scratch, 8);
  packFilter(filter, bias, panels, depth, columns);
  const block = max(4, (blockLimit / (depth + columns)) & ~3);
  const stride = (<usize>columns) << 2;
  for (let first = 0; first < rows; first += block) {
    const end = min(rows, first + block);
    for (let column = 0; column < columns; column += 8) {
      const panel = at(panels, column * (depth + 1));
      for (let row = first; row < end; row += 4) {
        const target = at(y, row * columns + column);
        // biome-ignore format: the numbers of the loops stay together
        computeTile(at(x, row * depth), panel, depth, target, stride, end - row, columns - column, low, high, scratch);
      }
    }
  }
}
