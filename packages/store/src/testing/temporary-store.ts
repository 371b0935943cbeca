import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type OpenStoreOptions, openStore } from '../open-store.js';
import type { Store } from '../store.js';

/** A folder that is removed when the test ends. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'regraft-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** Opens a store that is closed when the test ends. */
export const openTestStore = async (path: string, options?: OpenStoreOptions): Promise<Store> => {
  const store = await openStore(path, options);
  onTestFinished(() => store.close());
  return store;
};

/** A new store that is closed and removed when the test ends. */
export const temporaryStore = async (options?: OpenStoreOptions): Promise<Store> =>
  openTestStore(join(await temporaryFolder(), '.regraft'), options);

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Everything that an iterable yields. */
export const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
};
