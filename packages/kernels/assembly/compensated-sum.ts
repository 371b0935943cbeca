import { at, fetch, put } from './lanes';

/**
 * Adds `part` to the total of a column and keeps in `lost` what rounding took from it (Kahan 1965), so that the error
 * doesn't grow with the number of parts. Both arrays start as zeros.
 */
export function addCompensated<Lanes>(totals: usize, lost: usize, column: i32, part: v128): void {
  const total = fetch<Lanes>(at(totals, column));
  const corrected = f32x4.sub(part, fetch<Lanes>(at(lost, column)));
  const sum = f32x4.add(total, corrected);
  put<Lanes>(at(lost, column), f32x4.sub(f32x4.sub(sum, total), corrected));
  put<Lanes>(at(totals, column), sum);
}
