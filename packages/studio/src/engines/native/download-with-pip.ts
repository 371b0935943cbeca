import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadWheel } from '../../backbones/run-pip.js';
import type { InstallContext } from './install-step.js';
import { pipOptions, type TensorflowWheel } from './native-release.js';

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

/**
 * Has pip download TensorFlow's wheel, from the beginning, and returns its path below `folder`.
 *
 * @throws RegraftError `backbone-unavailable`, `cancelled`
 */
export const downloadWithPip = async (
  wheel: TensorflowWheel,
  folder: string,
  { python, context }: { python: string; context: InstallContext },
): Promise<string> => {
  const destination = join(folder, 'wheel');
  const temporaryFolder = join(folder, 'pip');
  await mkdir(destination);
  await mkdir(temporaryFolder);
  const download = downloadWheel(`${wheel.package}==${wheel.version}`, destination, {
    pythons: [python],
    signal: context.signal,
    options: pipOptions(wheel),
    temporaryFolder,
  });
  await watching(temporaryFolder, wheel.bytes, context, download);
  const [name] = (await readdir(destination)).filter((file) => file.endsWith('.whl'));
  return join(destination, name ?? 'none.whl');
};
