/** A row wanted from a shard: its position there, and its place among the rows asked for. */
export interface RowRead {
  readonly position: number;
  readonly place: number;
}

/** Neighbouring rows of a shard that are read in one go. */
export interface ReadRange {
  /** First row of the shard. */
  readonly start: number;
  /** Row after the last. */
  readonly end: number;
  readonly rows: readonly RowRead[];
}

export interface ReadLimits {
  /** Rows that nobody asked for, read to save a call, at most. */
  readonly gap: number;
  /** Rows in one range, at most. */
  readonly length: number;
}

/** Groups the wanted rows of one shard into ranges, in order of position. */
export const planReads = (wanted: readonly RowRead[], { gap, length }: ReadLimits): ReadRange[] => {
  const sorted = [...wanted].sort((a, b) => a.position - b.position);
  const ranges: { start: number; end: number; rows: RowRead[] }[] = [];
  for (const row of sorted) {
    const last = ranges.at(-1);
    const joins = last && row.position <= last.end + gap && row.position - last.start < length;
    if (joins) {
      last.end = row.position + 1;
      last.rows.push(row);
    } else ranges.push({ start: row.position, end: row.position + 1, rows: [row] });
  }
  return ranges;
};
