import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listBlobReferences } from '../blobs/blob-references.js';
import { listBlobs } from '../blobs/blob-store.js';
import { isMissing } from '../files/translate-file-error.js';
import type { StoreContext } from '../store-context.js';
import type { Litter } from './store-report.js';

async function* oldFiles(folder: string, before: number): AsyncGenerator<{ name: string; bytes: number }> {
  for (const name of (await readdir(folder)).sort()) {
    try {
      const { mtimeMs, size } = await stat(join(folder, name));
      if (mtimeMs < before) yield { name, bytes: size };
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
}

/**
 * What nothing refers to and nobody has touched since a time (milliseconds since 1970): a younger file may be about to
 * be referred to.
 */
export async function* findLitter(
  { layout, database }: StoreContext,
  before: number,
): AsyncGenerator<Litter> {
  for await (const file of oldFiles(layout.temporary, before)) yield { kind: 'temporary', ...file };

  const referenced = new Set((await listBlobReferences(database)).map(({ blob }) => blob));
  for await (const { sha256, bytes, putAt } of listBlobs(layout)) {
    if (!referenced.has(sha256) && putAt.getTime() < before) yield { kind: 'blob', name: sha256, bytes };
  }

  const shards = await database.selectFrom('activation_shards').select('file').execute();
  const indexed = new Set(shards.map(({ file }) => file));
  for await (const file of oldFiles(layout.activations, before)) {
    if (!indexed.has(file.name)) yield { kind: 'shard', ...file };
  }
}
