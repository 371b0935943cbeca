import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { requireChecksum } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import { downloadWheel } from '../../backbones/run-pip.js';
import { hashFile } from '../../data/hash-file.js';
import { engineUnavailable, installNativeCommand } from '../engine-unavailable.js';
import type { InstallContext } from './install-step.js';
import { enginesFolder } from './native-folder.js';
import type { TensorflowWheel } from './native-release.js';

const pollMilliseconds = 250;

/** Bytes of all files under a folder that another program writes to. */
const bytesUnder = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((total, size) => total + size, 0);
};

/** Reports how much has arrived in a folder, until the work ends. pip's own progress differs from version to version. */
const watching = async (
  folder: string,
  total: number,
  { onStep }: InstallContext,
  work: Promise<void>,
): Promise<void> => {
  let most = 0;
  const report = (bytes: number): void => {
    // Once pip has moved the wheel to its place, the folder is empty again.
    most = Math.max(most, Math.min(bytes, total));
    onStep({ step: 'download', done: most, total });
  };
  const timer = setInterval(() => {
    bytesUnder(folder).then(report, () => undefined);
  }, pollMilliseconds);
  try {
    await work;
  } finally {
    clearInterval(timer);
  }
};

const pipOptions = (platform: string): string[] => {
  const python = ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311'];
  return ['--platform', platform, ...python];
};

/** Where a wheel waits, whole and checked, until an installation that uses it has succeeded. */
const keptWheel = (cacheFolder: string, { sha256 }: TensorflowWheel): string =>
  join(enginesFolder(cacheFolder), `${sha256}.whl`);

const isWhole = async (path: string, { sha256 }: TensorflowWheel): Promise<boolean> =>
  (await hashFile(path).catch(() => undefined)) === sha256;

/** Forgets a wheel that isn't needed any more. */
export const discardWheel = (cacheFolder: string, wheel: TensorflowWheel): Promise<void> =>
  rm(keptWheel(cacheFolder, wheel), { force: true });

/**
 * Fetches TensorFlow's wheel with pip, checks its sha256 and keeps it, so that an installation that fails later
 * doesn't download it again.
 *
 * @param folder a temporary folder in the same file system as the cache
 * @returns the path of the wheel
 * @throws RegraftError `engine-unavailable` where pip can't have it, `checksum-mismatch` where it is another one
 */
export const downloadTensorflow = async (
  wheel: TensorflowWheel,
  folder: string,
  { cacheFolder, python, context }: { cacheFolder: string; python: string; context: InstallContext },
): Promise<string> => {
  const kept = keptWheel(cacheFolder, wheel);
  if (await isWhole(kept, wheel)) return kept;
  const destination = join(folder, 'wheel');
  const temporaryFolder = join(folder, 'pip');
  await mkdir(destination);
  await mkdir(temporaryFolder);
  const requirement = `${wheel.package}==${wheel.version}`;
  context.onStep({ step: 'download', done: 0, total: wheel.bytes });
  const { signal } = context;
  const options = pipOptions(wheel.platform);
  const download = downloadWheel(requirement, destination, {
    pythons: [python],
    signal,
    options,
    temporaryFolder,
  });
  await watching(temporaryFolder, wheel.bytes, context, download).catch((error: unknown) => {
    if (!RegraftError.isInstance(error) || error.code !== 'backbone-unavailable') throw error;
    throw engineUnavailable(
      error.message,
      `Look at the network and at pip's settings, then again: ${installNativeCommand}`,
      error,
    );
  });
  const [name] = (await readdir(destination)).filter((file) => file.endsWith('.whl'));
  const path = join(destination, name ?? 'none.whl');
  const sha256 = await hashFile(path).catch(() => 'no wheel at all');
  requireChecksum(sha256 ?? '', wheel.sha256, `the wheel of ${requirement}`);
  await rename(path, kept);
  context.onStep({ step: 'download', done: wheel.bytes, total: wheel.bytes });
  return kept;
};
