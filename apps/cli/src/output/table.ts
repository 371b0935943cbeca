import stringWidth from 'string-width';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  readonly align?: 'left' | 'right';
}

const pad = (text: string, width: number, align: 'left' | 'right' = 'left'): string => {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'right' ? space + text : text + space;
};

/** Lines of a table whose columns are as wide as their widest cell, measured as a terminal shows it. */
export const renderTable = <Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string[] => {
  const cells = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ value }) => value(row))),
  ];
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => stringWidth(row[column]!))));
  return cells.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column]!, columns[column]!.align))
      .join('  ')
      .trimEnd(),
  );
};
