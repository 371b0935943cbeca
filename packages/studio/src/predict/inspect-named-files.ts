import { resolve } from 'node:path';
import { RegraftError } from '@regraft/errors';
import { throwIfCancelled } from '../data/cancellation.js';
import { inspectImage } from '../data/inspect-image.js';
import type { ImageFile } from '../features/run-on-images.js';

/** The files that somebody named: images, by name, and why others are none. */
export interface NamedFiles {
  readonly names: readonly string[];
  readonly images: readonly (ImageFile & { readonly name: string })[];
  readonly failures: ReadonlyMap<string, string>;
}

/** Looks at each named file once, and hashes it. */
export const inspectNamedFiles = async (
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<NamedFiles> => {
  const failures = new Map<string, string>();
  const images: { name: string; file: string; sha256: string }[] = [];
  for (const name of names) {
    throwIfCancelled(signal, 'The prediction');
    const file = resolve(name);
    const inspected = await inspectImage(file);
    if ('kind' in inspected) failures.set(name, inspected.detail);
    else images.push({ name, file, sha256: inspected.sha256 });
  }
  return { names, images, failures };
};

/** Throws `image-unreadable` where none of the named files is an image. */
export const requireReadable = (names: readonly string[], failures: ReadonlyMap<string, string>): void => {
  if (failures.size < new Set(names).size) return;
  const [file, reason] = [...failures][0]!;
  throw new RegraftError({
    code: 'image-unreadable',
    message: `An image must be a file that can be decoded. Received: ${file} (${reason})`,
    hint: 'Name images: JPEG, PNG, WebP, GIF, AVIF or TIFF.',
    details: { failures: Object.fromEntries(failures) },
  });
};
