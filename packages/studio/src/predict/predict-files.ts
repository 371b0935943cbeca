import { resolve } from 'node:path';
import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';
import { throwIfCancelled } from '../data/cancellation.js';
import { inspectImage } from '../data/inspect-image.js';
import type { StartEngineOptions } from '../engines/start-engine.js';
import type { CacheCount } from '../runs/run-event.js';
import { classifyImages } from '../versions/classify-images.js';
import { loadVersionModel } from '../versions/load-version-model.js';

export type FilePrediction =
  | {
      readonly file: string;
      readonly label: string;
      readonly probability: number;
      /** Of every label. */
      readonly probabilities: Readonly<Record<string, number>>;
    }
  | {
      readonly file: string;
      readonly error: { readonly code: 'image-unreadable'; readonly message: string };
    };

export interface Prediction {
  readonly version: string;
  /** In the order the files were given. */
  readonly files: readonly FilePrediction[];
  readonly cache: CacheCount;
}

const unreadable = (file: string, reason: string): FilePrediction => ({
  file,
  error: {
    code: 'image-unreadable',
    message: `An image must be a file that can be decoded. Received: ${reason}`,
  },
});

/**
 * Labels image files with a version. A file that can't be read gets an error of its own; the others are labelled.
 *
 * @throws RegraftError `record-not-found` for an unknown version, `image-unreadable` if no file can be read
 * @example const { files } = await predictFiles(store, 'champion', ['photo.jpg']);
 */
export const predictFiles = async (
  store: Store,
  reference: string,
  files: readonly string[],
  { engine, signal }: { engine?: StartEngineOptions; signal?: AbortSignal } = {},
): Promise<Prediction> => {
  const { version, model } = await loadVersionModel(store, reference);
  const failures = new Map<string, string>();
  const images: { name: string; file: string; sha256: string }[] = [];
  for (const name of files) {
    throwIfCancelled(signal, 'The prediction');
    const file = resolve(name);
    const inspected = await inspectImage(file);
    if ('kind' in inspected) failures.set(name, inspected.detail);
    else images.push({ name, file, sha256: inspected.sha256 });
  }
  const classified = await classifyImages(store, model, images, { engine, signal });
  for (const { index, reason } of classified.unreadable) failures.set(images[index]!.name, reason);
  if (failures.size === files.length) {
    const [file, reason] = [...failures][0]!;
    throw new RegraftError({
      code: 'image-unreadable',
      message: `An image must be a file that can be decoded. Received: ${file} (${reason})`,
      hint: 'Name images: JPEG, PNG, WebP, GIF, AVIF or TIFF.',
      details: { failures: Object.fromEntries(failures) },
    });
  }
  const width = model.labels.length;
  const rows = new Map(classified.images.map((index, row) => [images[index]!.name, row]));
  return {
    version,
    cache: classified.cache,
    files: files.map((name) => {
      const row = rows.get(name);
      if (row === undefined) return unreadable(name, failures.get(name) ?? 'unreadable');
      const values = classified.probabilities.subarray(row * width, (row + 1) * width);
      const best = values.indexOf(Math.max(...values));
      return {
        file: name,
        label: model.labels[best]!,
        probability: values[best]!,
        probabilities: Object.fromEntries(model.labels.map((label, index) => [label, values[index]!])),
      };
    }),
  };
};
