import { extname } from 'node:path';
import { RegraftError } from '@regraft/errors';
import { listCsv } from './list-csv.js';
import { listFolder } from './list-folder.js';
import type { Listing } from './listing.js';

/** Exactly one of the two. */
export interface DatasetLocation {
  /** Class folders, or `train/`, `val/` and `test/` with class folders in them. */
  readonly folder?: string | undefined;
  /** Lines of path,label[,split]. */
  readonly csv?: string | undefined;
}

/** Lists a folder or a CSV, whichever is given. */
export const listDataset = async (
  { folder, csv }: DatasetLocation,
  signal?: AbortSignal,
): Promise<Listing> => {
  if (folder !== undefined && csv === undefined) return listFolder(folder, { signal });
  if (csv !== undefined && folder === undefined) return listCsv(csv, { signal });
  throw new RegraftError({
    code: 'usage-invalid',
    message: `A dataset must be a folder or a CSV. Received: ${csv === undefined ? 'neither' : 'both'}`,
    hint: 'Give one of them.',
  });
};

/** Lists a test set: every file of it has the split `test`, whatever its folders are called. */
export const listTestSet = async (path: string, signal?: AbortSignal): Promise<Listing> => {
  const isTable = /^\.(csv|tsv)$/i.test(extname(path));
  const found = await (isTable ? listCsv(path, { signal }) : listFolder(path, { signal, splits: false }));
  return { ...found, files: found.files.map((file) => ({ ...file, split: 'test' as const })) };
};

/** Adds a separate test set to a training set that has none. */
export const withTestSet = (training: Listing, test: Listing): Listing => {
  if (training.files.some(({ split }) => split === 'test')) {
    throw new RegraftError({
      code: 'usage-invalid',
      message: `A dataset must have one test set. Received: one in ${training.root} and ${test.root}`,
      hint: 'Leave the separate test set out, or give the training folder alone.',
      details: { root: training.root, test: test.root },
    });
  }
  return {
    ...training,
    files: [...training.files, ...test.files],
    problems: [...training.problems, ...test.problems],
  };
};
