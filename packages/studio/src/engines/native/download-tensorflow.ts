import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { requireChecksum } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import { discardPartial } from '../../backbones/partial-download.js';
import { hashFile } from '../../data/hash-file.js';
import { engineUnavailable, installNativeCommand } from '../engine-unavailable.js';
import { downloadInParts } from './download-in-parts.js';
import { downloadWithPip } from './download-with-pip.js';
import type { InstallContext } from './install-step.js';
import { enginesFolder } from './native-folder.js';
import type { TensorflowWheel } from './native-release.js';

/** Where a wheel waits, whole and checked, until an installation that uses it has succeeded. */
const keptWheel = (cacheFolder: string, { sha256 }: TensorflowWheel): string =>
  join(enginesFolder(cacheFolder), `${sha256}.whl`);

const isWhole = async (path: string, { sha256 }: TensorflowWheel): Promise<boolean> =>
  (await hashFile(path).catch(() => undefined)) === sha256;

/** Forgets a wheel that isn't needed any more, and what is left of attempts to download it. */
export const discardWheel = async (cacheFolder: string, wheel: TensorflowWheel): Promise<void> => {
  const kept = keptWheel(cacheFolder, wheel);
  await rm(kept, { force: true });
  await discardPartial(kept);
};

/** Gives a wheel its place, or deletes it where it is another one. */
const keepChecked = async (path: string, kept: string, wheel: TensorflowWheel): Promise<void> => {
  const sha256 = await hashFile(path).catch(() => 'no wheel at all');
  try {
    requireChecksum(sha256 ?? '', wheel.sha256, `the wheel of ${wheel.package}==${wheel.version}`);
    await rename(path, kept);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
};

const explain = (error: unknown): unknown => {
  if (!RegraftError.isInstance(error) || error.code !== 'backbone-unavailable') return error;
  return engineUnavailable(
    error.message,
    `Look at the network and at pip's settings, then go on with: ${installNativeCommand}`,
    error,
  );
};

/**
 * Fetches TensorFlow's wheel from where pip would, checks its sha256 and keeps it, so that an installation that fails
 * later doesn't download it again, and one whose download broke off goes on from there.
 *
 * @param folder a temporary folder in the same file system as the cache
 * @returns the path of the wheel
 * @throws RegraftError `engine-unavailable` where it can't be had, `checksum-mismatch` where it is another one
 */
export const downloadTensorflow = async (
  wheel: TensorflowWheel,
  folder: string,
  { cacheFolder, ...tools }: { cacheFolder: string; python: string; context: InstallContext },
): Promise<string> => {
  const kept = keptWheel(cacheFolder, wheel);
  if (await isWhole(kept, wheel)) return kept;
  const { onStep } = tools.context;
  onStep({ step: 'download', done: 0, total: wheel.bytes });
  try {
    const path = (await downloadInParts(wheel, kept, tools)) ?? (await downloadWithPip(wheel, folder, tools));
    await keepChecked(path, kept, wheel);
  } catch (error) {
    throw explain(error);
  }
  onStep({ step: 'download', done: wheel.bytes, total: wheel.bytes });
  return kept;
};
