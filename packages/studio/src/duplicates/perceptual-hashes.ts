import { createHash } from 'node:crypto';
import { type PerceptualHash, type Preprocessing, perceptualHash } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';
import { throwIfCancelled } from '../data/cancellation.js';
import { decodeImage } from '../data/decode-image.js';
import { fileProblem } from '../data/file-problem.js';
import { forEachConcurrently } from '../data/for-each-concurrently.js';
import { readVerified } from '../data/read-verified.js';
import { createShardWriter } from '../features/shard-writer.js';
import { hashRowLength, packHash, unpackHash } from './hash-row.js';

/** An image file and the sha256 of its bytes, in hex. */
export interface ImageToHash {
  /** Absolute. */
  readonly file: string;
  readonly sha256: string;
}

export interface HashOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called after each image that was decoded, or could not be. */
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

/** As many as libuv has threads to decode on. */
const lanes = 4;

/** Twice the side that a hash looks at: little enough that a decoder shrinks a photo while it reads it. */
const side = 64;
const thumbnail: Preprocessing = {
  size: [side, side],
  fit: 'stretch',
  interpolation: 'linear',
  mean: [0, 0, 0],
  deviation: [1, 1, 1],
};

/** Names the rows in the activation cache; raise the number when decoding or hashing gives other bits than before. */
const space = createHash('sha256').update('perceptual-hash 1').digest('hex');

const hashImage = async ({ file, sha256 }: ImageToHash): Promise<PerceptualHash | null> => {
  try {
    const input = await readVerified(file, sha256);
    if (input === undefined) return null;
    return perceptualHash({ pixels: await decodeImage(input, thumbnail), width: side, height: side });
  } catch (error) {
    if (RegraftError.isInstance(error) || fileProblem(error) !== undefined) return null;
    throw error;
  }
};

/**
 * What images look like in 64 bits each, in their order; null for one that can't be read or has changed. Hashes are
 * kept in the store's activation cache: an image that has one isn't touched, and a pass that is stopped keeps its own.
 *
 * @throws RegraftError `cancelled`; those of the store
 * @example const hashes = await perceptualHashes(store, images, { signal });
 */
export const perceptualHashes = async (
  { activations }: Pick<Store, 'activations'>,
  images: readonly ImageToHash[],
  { signal, onProgress }: HashOptions = {},
): Promise<(PerceptualHash | null)[]> => {
  const rows = await activations.open({ space, rowLength: hashRowLength });
  const missing = new Set(await rows.missing(images.map(({ sha256 }) => sha256)));
  const hashes = new Map<string, PerceptualHash | null>();

  const known = [...new Set(images.map(({ sha256 }) => sha256))].filter((sha256) => !missing.has(sha256));
  const reader = await rows.reader(known);
  try {
    const values = new Float32Array(known.length * hashRowLength);
    await reader.read([...known.keys()], values);
    for (const [index, sha256] of known.entries())
      hashes.set(sha256, unpackHash(values.subarray(index * hashRowLength, (index + 1) * hashRowLength)));
  } finally {
    await reader.close();
  }

  const files = new Map(images.map((image) => [image.sha256, image]));
  const writer = createShardWriter(rows);
  let done = known.length;
  onProgress?.({ done, total: files.size });
  try {
    await forEachConcurrently([...missing], lanes, async (sha256) => {
      throwIfCancelled(signal, 'Looking for images that are alike');
      const hash = await hashImage(files.get(sha256)!);
      hashes.set(sha256, hash);
      if (hash !== null) await writer.add({ key: sha256, values: packHash(hash) });
      onProgress?.({ done: ++done, total: files.size });
    });
  } finally {
    await writer.flush();
  }
  return images.map(({ sha256 }) => hashes.get(sha256) ?? null);
};
