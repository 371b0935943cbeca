/** Copies `rows` rows of `length` bytes each, which are `step` bytes apart, to one after another. */
export function copyRows(from: usize, to: usize, rows: i32, length: usize, step: usize): void {
  for (let row = 0; row < rows; row++) {
    memory.copy(to, from, length);
    from += step;
    to += length;
  }
}
