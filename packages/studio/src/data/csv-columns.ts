import { RegraftError } from '@regraft/errors';

/** Which cell of a row holds what. */
export interface CsvColumns {
  readonly path: number;
  readonly label: number;
  readonly split: number | undefined;
  readonly hasHeader: boolean;
}

const pathNames =
  /^(path|file|filename|file[ _-]?name|file[ _-]?path|image|image[ _-]?path|image[ _-]?name)$/i;
const labelNames = /^(label|labels|class|class[ _-]?name|category|target)$/i;
const splitNames = /^(split|set|subset|partition)$/i;

/**
 * Finds path, label and split by the names in a header, or by position where the first row is data already.
 *
 * @throws RegraftError `data-invalid` where a header lacks the path or the label
 */
export const csvColumns = (firstRow: readonly string[], csv: string): CsvColumns => {
  const cells = firstRow.map((cell) => cell.trim());
  const find = (names: RegExp): number => cells.findIndex((cell) => names.test(cell));
  const [path, label, split] = [find(pathNames), find(labelNames), find(splitNames)];
  if (path < 0 && label < 0) return { path: 0, label: 1, split: 2, hasHeader: false };
  if (path < 0 || label < 0) {
    throw new RegraftError({
      code: 'data-invalid',
      message: `A CSV's header must name a "path" and a "label" column. Received: ${cells.join(', ')} in ${csv}`,
      hint: 'Rename the columns, or leave the header out and write path,label or path,label,split.',
      details: { csv, columns: cells },
    });
  }
  return { path, label, split: split < 0 ? undefined : split, hasHeader: true };
};
