import { randomUUID } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isAlive } from './is-alive.js';

/** The process that writes a partial file; a released one has none. */
const ownerOf = (name: string, prefix: string): number | undefined => {
  const owner = /^(\d+)-/.exec(name.slice(prefix.length));
  return owner === null ? undefined : Number(owner[1]);
};

/**
 * A name for a download under way that no other process writes to. What an ended download has left under `target`
 * is taken over, so that it can go on.
 */
export const claimPartial = async (target: string): Promise<string> => {
  const folder = dirname(target);
  const prefix = `${basename(target)}.`;
  const own = join(folder, `${prefix}${process.pid}-${randomUUID()}.partial`);
  const names = (await readdir(folder)).filter(
    (name) => name.startsWith(prefix) && name.endsWith('.partial'),
  );
  for (const name of names) {
    const owner = ownerOf(name, prefix);
    if (owner !== undefined && isAlive(owner)) continue;
    const taken = await rename(join(folder, name), own).then(
      () => true,
      () => false,
    );
    if (taken) break;
  }
  return own;
};

/** Leaves a partial file for the next download to go on with. */
export const releasePartial = (partial: string, target: string): Promise<void> =>
  rename(partial, `${target}.partial`).catch(() => undefined);

/** Deletes the partial file that a released download of `target` has left, if there is one. */
export const discardPartial = (target: string): Promise<void> => rm(`${target}.partial`, { force: true });
