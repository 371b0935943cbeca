import { addCompensated } from './compensated-sum';
import { at, count, fetch, multiplyAdd, put } from './lanes';

/** Rows whose statistics are taken on their own, while the cache holds them. */
const group = 32;

/** Joins the mean and the squared deviations of the `size` rows at x to those of the `before` rows before them. */
function joinGroup<Lanes>(
  x: usize,
  mean: usize,
  spread: usize,
  lost: usize,
  before: i32,
  size: i32,
  columns: i32,
  from: i32,
  to: i32,
): void {
  const share = <f32>size / <f32>(before + size);
  for (let column = from; column < to; column += count<Lanes>()) {
    let sum = f32x4.splat(0);
    for (let row = 0; row < size; row++) sum = f32x4.add(sum, fetch<Lanes>(at(x, row * columns + column)));
    const groupMean = f32x4.div(sum, f32x4.splat(<f32>size));
    let squares = f32x4.splat(0);
    for (let row = 0; row < size; row++) {
      const deviation = f32x4.sub(fetch<Lanes>(at(x, row * columns + column)), groupMean);
      squares = multiplyAdd(squares, deviation, deviation);
    }
    const soFar = fetch<Lanes>(at(mean, column));
    const shift = f32x4.sub(groupMean, soFar);
    const between = f32x4.mul(f32x4.mul(shift, shift), f32x4.splat(<f32>before * share));
    put<Lanes>(at(mean, column), multiplyAdd(soFar, shift, f32x4.splat(share)));
    addCompensated<Lanes>(spread, lost, column, f32x4.add(squares, between));
  }
}

/**
 * Mean and biased variance of the columns of x [rows, columns]: those of groups of rows, joined as Chan, Golub and
 * LeVeque (1979) do, so that one pass over memory does and no large squares are subtracted. `lost` is [columns] of scratch.
 */
export function columnMoments(
  x: usize,
  mean: usize,
  variance: usize,
  lost: usize,
  rows: i32,
  columns: i32,
): void {
  const whole = columns & ~3;
  memory.fill(mean, 0, (<usize>columns) << 2);
  memory.fill(variance, 0, (<usize>columns) << 2);
  memory.fill(lost, 0, (<usize>columns) << 2);
  for (let start = 0; start < rows; start += group) {
    const size = min(group, rows - start);
    const first = at(x, start * columns);
    joinGroup<v128>(first, mean, variance, lost, start, size, columns, 0, whole);
    joinGroup<f32>(first, mean, variance, lost, start, size, columns, whole, columns);
  }
  for (let c = 0; c < columns; c++) {
    store<f32>(at(variance, c), load<f32>(at(variance, c)) / <f32>rows);
  }
}
