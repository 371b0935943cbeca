import { throwIfCancelled } from './cancellation.js';
import { forEachConcurrently } from './for-each-concurrently.js';
import { hashBuffer } from './hash-file.js';
import { type InspectedImage, inspectImage } from './inspect-image.js';
import type { ListedFile } from './listing.js';
import type { DataProblem } from './manifest.js';

/** A listed file that turned out to be an image. */
export type ListedImage = ListedFile & InspectedImage;

export interface ScanOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called after each file that was hashed. */
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

const lanes = 8;

/** Hashes and checks every listed file, eight at a time; what is no image goes to `problems`. */
export const inspectFiles = async <File extends ListedFile>(
  files: readonly File[],
  problems: DataProblem[],
  { signal, onProgress }: ScanOptions,
): Promise<(File & InspectedImage)[]> => {
  const buffers = Array.from({ length: lanes }, hashBuffer);
  const images: (File & InspectedImage)[] = [];
  let done = 0;
  await forEachConcurrently(files, lanes, async (file, _, lane) => {
    throwIfCancelled(signal, 'The scan');
    const inspected = await inspectImage(file.path, buffers[lane]);
    if ('kind' in inspected) problems.push({ path: file.path, ...inspected });
    else images.push({ ...file, ...inspected });
    done++;
    onProgress?.({ done, total: files.length });
  });
  return images;
};
