/**
 * Where a rising function crosses zero between `low` and `high`, to the last bit; the nearer end if it crosses
 * outside.
 */
export const bisect = (rising: (at: number) => number, low: number, high: number): number => {
  let [below, above] = [low, high];
  for (;;) {
    const middle = below + (above - below) / 2;
    if (middle <= below || middle >= above) return middle;
    if (rising(middle) < 0) below = middle;
    else above = middle;
  }
};
