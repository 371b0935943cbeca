import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { requireChecksum } from '@regraft/core';
import { runCommand } from '../../backbones/run-command.js';
import { hashFile } from '../../data/hash-file.js';
import { engineUnavailable, installNativeCommand } from '../engine-unavailable.js';
import type { AddonPackage } from './native-release.js';
import { writeStandIns } from './tensorflow-js-stand-in.js';

const run = async (
  command: string,
  argv: readonly string[],
  { requirement, cwd, signal }: { requirement: string; cwd: string; signal: AbortSignal | undefined },
): Promise<void> => {
  const outcome = await runCommand(command, argv, { cwd, signal });
  if (outcome?.exitCode === 0) return;
  const lines = outcome?.errorText.split('\n') ?? [];
  throw engineUnavailable(
    `npm must be able to fetch ${requirement}. Received: ${lines.find((line) => line.trim() !== '') ?? `no ${command}`}`,
    `Look at the network and at npm's settings, then again: ${installNativeCommand}`,
    new Error(outcome?.errorText),
  );
};

/**
 * Fetches the sources and the JavaScript of tfjs-node with npm, without its dependencies and its install script, and
 * checks them.
 *
 * @param folder where they go; it holds nothing else of these names
 * @throws RegraftError `engine-unavailable` where npm can't have them, `checksum-mismatch` where they are others
 */
export const fetchTfjsNode = async (
  { name, version, sha256 }: AddonPackage,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<void> => {
  const requirement = `${name}@${version}`;
  const options = { requirement, cwd: folder, signal };
  await run('npm', ['pack', '--silent', requirement], options);
  const archive = (await readdir(folder)).find((file) => file.endsWith('.tgz')) ?? 'none.tgz';
  const received = await hashFile(join(folder, archive)).catch(() => 'no archive');
  requireChecksum(received ?? '', sha256, `the archive of ${requirement}`);
  await run('tar', ['-xzf', archive], options);
  await rm(join(folder, archive));
  for (const entry of ['binding', 'binding.gyp', 'dist']) {
    await rename(join(folder, 'package', entry), join(folder, entry));
  }
  await writeStandIns(folder);
};
