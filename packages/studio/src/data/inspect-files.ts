import type { KnownFile, KnownFileStore } from '@regraft/store';
import { throwIfCancelled } from './cancellation.js';
import { type FileEntry, readFileEntry } from './file-entry.js';
import type { ProblemCause } from './file-problem.js';
import { forEachConcurrently } from './for-each-concurrently.js';
import { hashBuffer } from './hash-file.js';
import { type InspectedImage, inspectedImageSchema, readImageFacts } from './inspect-image.js';
import type { ListedFile } from './listing.js';
import type { DataProblem } from './manifest.js';

/** A listed file that turned out to be an image. */
export type ListedImage = ListedFile & InspectedImage;

export interface ScanOptions {
  /** A store's `knownFiles`: a file that has not changed since it was last scanned is not read again. */
  readonly knownFiles?: KnownFileStore | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after each file that was looked at. */
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

const lanes = 8;
const chunkSize = 1000;

/** The files that may be images, each with what is known of it. */
const recallFacts = async (
  entries: readonly { readonly path: string; readonly entry: FileEntry | ProblemCause }[],
  knownFiles: KnownFileStore | undefined,
): Promise<Map<string, InspectedImage>> => {
  const stamps = entries.flatMap(({ path, entry }) =>
    'kind' in entry ? [] : [{ path, stamp: entry.stamp }],
  );
  const recalled = (await knownFiles?.recall(stamps)) ?? [];
  return new Map(
    recalled.flatMap((facts, index) => {
      const { data } = inspectedImageSchema.safeParse(facts);
      return data ? [[stamps[index]!.path, data]] : [];
    }),
  );
};

/**
 * Hashes and checks every listed file that is not known, eight at a time; what is no image goes to `problems`.
 */
export const inspectFiles = async <File extends ListedFile>(
  files: readonly File[],
  problems: DataProblem[],
  { knownFiles, signal, onProgress }: ScanOptions,
): Promise<(File & InspectedImage)[]> => {
  const buffers = Array.from({ length: lanes }, hashBuffer);
  const images: (File & InspectedImage)[] = [];
  let done = 0;

  const inspectChunk = async (chunk: readonly File[]): Promise<void> => {
    const entries = new Array<{ path: string; entry: FileEntry | ProblemCause }>(chunk.length);
    await forEachConcurrently(chunk, lanes, async ({ path }, index) => {
      throwIfCancelled(signal, 'The scan');
      entries[index] = { path, entry: await readFileEntry(path) };
    });
    const known = await recallFacts(entries, knownFiles);
    const learned: KnownFile[] = [];
    await forEachConcurrently(chunk, lanes, async (file, index, lane) => {
      throwIfCancelled(signal, 'The scan');
      const { path, entry } = entries[index]!;
      const recalled = known.get(path);
      const inspected =
        recalled ?? ('kind' in entry ? entry : await readImageFacts(path, entry.bytes, buffers[lane]));
      if ('kind' in inspected) problems.push({ path, ...inspected });
      else {
        images.push({ ...file, ...inspected });
        const isNew = recalled === undefined && 'stamp' in entry && entry.isSettled;
        if (isNew) learned.push({ path, stamp: entry.stamp, facts: inspected });
      }
      done++;
      onProgress?.({ done, total: files.length });
    });
    await knownFiles?.remember(learned);
  };

  for (let start = 0; start < files.length; start += chunkSize) {
    await inspectChunk(files.slice(start, start + chunkSize));
  }
  return images;
};
