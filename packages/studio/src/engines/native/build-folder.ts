import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inCache, makeCacheFolder } from '../../backbones/cached-weights.js';
import { isAlive } from '../../backbones/is-alive.js';

const namePattern = /^build-(\d+)-/;

/** Deletes what installations have left that were ended without a warning. */
const sweep = async (engines: string): Promise<void> => {
  for (const name of await readdir(engines)) {
    const owner = namePattern.exec(name)?.[1];
    const isLeft = owner === undefined ? name.endsWith('.old') : !isAlive(Number(owner));
    if (isLeft) await rm(join(engines, name), { recursive: true, force: true });
  }
};

/** Does work in a new folder beside the engines, which is gone afterwards unless the work has moved it. */
export const withBuildFolder = async <Result>(
  engines: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> => {
  await makeCacheFolder(engines);
  await sweep(engines);
  const folder = join(engines, `build-${process.pid}-${randomUUID()}`);
  await inCache(engines, mkdir(folder));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
