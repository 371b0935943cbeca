import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { hashFile } from './hash-file.js';

/** Larger files are never held in memory. */
const wholeFileBytes = 33_554_432;

/**
 * What to decode of a file that was scanned before: its bytes, or the path of one that is large. Undefined where the
 * content is no longer what it was. A small file is read at once, without a turn of the event loop, because the loop of
 * a thread that also runs a network turns only between two images.
 *
 * @throws the system's error, where the file can't be read
 */
export const readVerified = async (
  file: string,
  sha256: string,
): Promise<Uint8Array | string | undefined> => {
  if (statSync(file).size > wholeFileBytes) return (await hashFile(file)) === sha256 ? file : undefined;
  const bytes = readFileSync(file);
  return createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : undefined;
};
