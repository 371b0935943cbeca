import { addCompensated } from './compensated-sum';
import { at, count, fetch, put } from './lanes';

/** Rows that are summed on their own first. */
const group = 32;

/** One row's gradient, which it adds to `part` [columns]. */
function rectifyRow<Lanes>(
  dy: usize,
  y: usize,
  dx: usize,
  part: usize,
  limit: f32,
  from: i32,
  to: i32,
): void {
  for (let column = from; column < to; column += count<Lanes>()) {
    const value = fetch<Lanes>(at(y, column));
    const held = f32x4.ge(value, f32x4.splat(limit));
    const passes = v128.andnot(f32x4.gt(value, f32x4.splat(0)), held);
    const gradient = v128.and(fetch<Lanes>(at(dy, column)), passes);
    put<Lanes>(at(dx, column), gradient);
    put<Lanes>(at(part, column), f32x4.add(fetch<Lanes>(at(part, column)), gradient));
  }
}

/**
 * dy [rows, columns] where 0 < y < limit, else 0, and the sums of its columns. The limit is NaN for none. `scratch` is
 * [2 columns].
 */
export function rectifiedSums(
  dy: usize,
  y: usize,
  dx: usize,
  sums: usize,
  scratch: usize,
  rows: i32,
  columns: i32,
  limit: f32,
): void {
  const whole = columns & ~3;
  const bytes = (<usize>columns) << 2;
  const lost = scratch;
  const part = scratch + bytes;
  memory.fill(sums, 0, bytes);
  memory.fill(lost, 0, bytes);
  for (let start = 0; start < rows; start += group) {
    memory.fill(part, 0, bytes);
    for (let row = start; row < min(start + group, rows); row++) {
      const first = row * columns;
      rectifyRow<v128>(at(dy, first), at(y, first), at(dx, first), part, limit, 0, whole);
      rectifyRow<f32>(at(dy, first), at(y, first), at(dx, first), part, limit, whole, columns);
    }
    for (let column = 0; column < columns; column++) {
      addCompensated<f32>(sums, lost, column, fetch<f32>(at(part, column)));
    }
  }
}
