import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { RegraftError } from '@regraft/errors';
import { parse } from 'csv-parse/sync';
import { throwIfCancelled } from './cancellation.js';
import { type CsvColumns, csvColumns } from './csv-columns.js';
import { decodeText } from './decode-text.js';
import type { ListedFile, Listing } from './listing.js';
import type { DataProblem, Split } from './manifest.js';
import { splitNamed } from './split-folders.js';

const readCsv = async (path: string): Promise<string> => {
  try {
    return decodeText(await readFile(path), path);
  } catch (error) {
    if (RegraftError.isInstance(error)) throw error;
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new RegraftError({
      code: missing ? 'data-not-found' : 'data-invalid',
      message: missing
        ? `A CSV must exist. Received: ${path}`
        : `A CSV must be a readable file. Received: ${path}`,
      hint: 'Check the path; the file holds one line of path,label for each image.',
      details: { path },
      cause: error,
    });
  }
};

/** The separator that stands most often in the first line, outside quotes: spreadsheets write three kinds. */
const delimiterOf = (text: string): string => {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/)).replace(/"[^"]*"/g, '');
  const count = (delimiter: string): number => firstLine.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
};

const parseRows = (text: string, csv: string): string[][] => {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      relaxColumnCount: true,
      skipEmptyLines: true,
    });
  } catch (error) {
    throw new RegraftError({
      code: 'data-invalid',
      message: `A CSV must hold path,label lines with quotes that close. Received: ${csv} (${(error as Error).message})`,
      hint: 'Look at the line named above.',
      details: { csv },
      cause: error,
    });
  }
};

/** Resolves a name as it is written, then trimmed, with Windows separators and in the other Unicode normalisations. */
const resolveName = (folder: string, name: string): string => {
  const slashed = name.trim().replaceAll('\\', '/');
  const spellings = [name, name.trim(), slashed, slashed.normalize('NFC'), slashed.normalize('NFD')];
  const paths = spellings.map((spelling) => resolve(folder, spelling));
  return paths.find((path) => existsSync(path)) ?? paths[0]!;
};

const splitOf = (cell: string, row: number, csv: string): Split | undefined => {
  const split = splitNamed(cell);
  if (split !== undefined || cell === '') return split;
  throw new RegraftError({
    code: 'data-invalid',
    message: `A CSV's split must be train, validation or test. Received: "${cell}" in row ${row} of ${csv}`,
    hint: 'Correct the cell, or leave it empty to have the image split for you.',
    details: { csv, row, split: cell },
  });
};

/**
 * Lists the images of a CSV of path, label and, if wanted, split. Paths are relative to the CSV's folder.
 *
 * @throws RegraftError `data-not-found`, `data-invalid`, `cancelled`
 */
export const listCsv = async (
  csv: string,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Listing> => {
  const path = resolve(csv);
  const root = dirname(path);
  const rows = parseRows(await readCsv(path), path);
  const columns: CsvColumns = csvColumns(rows[0] ?? [], path);
  const files: ListedFile[] = [];
  const labels = new Set<string>();
  const problems: DataProblem[] = [];
  for (let row = columns.hasHeader ? 1 : 0; row < rows.length; row++) {
    if (row % 1000 === 0) throwIfCancelled(signal, 'The scan');
    const cell = (column: number | undefined): string =>
      column === undefined ? '' : (rows[row]![column]?.trim() ?? '');
    const name = rows[row]![columns.path] ?? '';
    const label = cell(columns.label).normalize('NFC');
    if (name.trim() === '') problems.push({ kind: 'missing', path, detail: `row ${row + 1} names no file` });
    else if (label === '') {
      problems.push({
        kind: 'unlabelled',
        path: resolve(root, name.trim()),
        detail: `row ${row + 1} has no label`,
      });
    } else {
      const split = splitOf(cell(columns.split), row + 1, path);
      if (split === undefined || split === 'train') labels.add(label);
      files.push({ path: resolveName(root, name), label, split });
    }
  }
  if (files.length === 0) {
    throw new RegraftError({
      code: 'data-invalid',
      message: `A CSV must hold a path and a label for each image. Received no such line: ${path}`,
      hint: 'Write lines such as cats/1.jpg,cat.',
      details: { csv: path, rows: rows.length },
    });
  }
  return { root, name: basename(path, extname(path)), labels, files, problems };
};
