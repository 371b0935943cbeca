import { addCompensated } from './compensated-sum';
import { at, count, fetch, multiplyAdd } from './lanes';

/** Rows that are summed on their own first, while the cache holds them. */
const group = 32;

/** Adds the sum of a column's next `rows` values to its total, for columns `from` to `to`. */
function addGroup<Lanes>(
  x: usize,
  sums: usize,
  lost: usize,
  rows: i32,
  columns: i32,
  from: i32,
  to: i32,
): void {
  const stride = (<usize>columns) << 2;
  for (let column = from; column < to; column += count<Lanes>()) {
    let address = at(x, column);
    let part = f32x4.splat(0);
    for (let row = 0; row < rows; row++) {
      part = f32x4.add(part, fetch<Lanes>(address));
      address += stride;
    }
    addCompensated<Lanes>(sums, lost, column, part);
  }
}

/** Sums of the columns of x [rows, columns], over `divisor`; `lost` is [columns] of scratch. */
export function columnSums(x: usize, sums: usize, lost: usize, rows: i32, columns: i32, divisor: f32): void {
  const whole = columns & ~3;
  memory.fill(sums, 0, (<usize>columns) << 2);
  memory.fill(lost, 0, (<usize>columns) << 2);
  for (let start = 0; start < rows; start += group) {
    const size = min(group, rows - start);
    const first = at(x, start * columns);
    addGroup<v128>(first, sums, lost, size, columns, 0, whole);
    addGroup<f32>(first, sums, lost, size, columns, whole, columns);
  }
  for (let c = 0; c < columns; c++) store<f32>(at(sums, c), load<f32>(at(sums, c)) / divisor);
}

function addDeviationGroup<Lanes>(
  dy: usize,
  x: usize,
  mean: usize,
  sums: usize,
  products: usize,
  lost: usize,
  rows: i32,
  columns: i32,
  from: i32,
  to: i32,
): void {
  for (let column = from; column < to; column += count<Lanes>()) {
    const center = fetch<Lanes>(at(mean, column));
    let sum = f32x4.splat(0);
    let product = f32x4.splat(0);
    for (let row = 0; row < rows; row++) {
      const index = row * columns + column;
      const gradient = fetch<Lanes>(at(dy, index));
      sum = f32x4.add(sum, gradient);
      product = multiplyAdd(product, gradient, f32x4.sub(fetch<Lanes>(at(x, index)), center));
    }
    addCompensated<Lanes>(sums, lost, column, sum);
    addCompensated<Lanes>(products, at(lost, columns), column, product);
  }
}

/** Sums of the columns of dy, and of dy (x - mean), for dy and x [rows, columns]; `lost` is [2 columns] of scratch. */
export function deviationSums(
  dy: usize,
  x: usize,
  mean: usize,
  sums: usize,
  products: usize,
  lost: usize,
  rows: i32,
  columns: i32,
): void {
  const whole = columns & ~3;
  memory.fill(sums, 0, (<usize>columns) << 2);
  memory.fill(products, 0, (<usize>columns) << 2);
  memory.fill(lost, 0, (<usize>columns) << 3);
  for (let start = 0; start < rows; start += group) {
    const size = min(group, rows - start);
    const first = start * columns;
    // biome-ignore format: one line a width shows that only the range differs
    addDeviationGroup<v128>(at(dy, first), at(x, first), mean, sums, products, lost, size, columns, 0, whole);
    // biome-ignore format: as above
    addDeviationGroup<f32>(at(dy, first), at(x, first), mean, sums, products, lost, size, columns, whole, columns);
  }
}
