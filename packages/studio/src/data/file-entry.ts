import { stat } from 'node:fs/promises';
import type { ProblemCause } from './file-problem.js';
import { fileProblem } from './file-problem.js';

/** A file that may be an image, as the system lists it. */
export interface FileEntry {
  readonly bytes: number;
  /** Changes whenever the file is written, replaced or given other rights. */
  readonly stamp: string;
  /** False for one that changed just now: a second change might leave the same stamp. */
  readonly isSettled: boolean;
}

/** Coarser than any file system's clock. */
const settlingMilliseconds = 2000;

/** Looks a file up without opening it; what can't be an image comes back as the cause for leaving it out. */
export const readFileEntry = async (path: string): Promise<FileEntry | ProblemCause> => {
  try {
    const entry = await stat(path, { bigint: true });
    if (entry.isDirectory()) return { kind: 'not-an-image', detail: 'a folder, where a file was expected' };
    if (!entry.isFile()) return { kind: 'not-an-image', detail: 'neither a file nor a folder' };
    if (entry.size === 0n) return { kind: 'empty', detail: 'the file has no bytes' };
    const { dev, ino, size, mtimeNs, ctimeNs } = entry;
    return {
      bytes: Number(size),
      stamp: [dev, ino, size, mtimeNs, ctimeNs].join(':'),
      isSettled: Number(entry.ctimeMs) < Date.now() - settlingMilliseconds,
    };
  } catch (error) {
    const cause = fileProblem(error);
    if (cause === undefined) throw error;
    return cause;
  }
};
