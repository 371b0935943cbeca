import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { requireChecksum } from '@regraft/core';
import { runCommand } from '../../backbones/run-command.js';
import { hashFile } from '../../data/hash-file.js';
import { engineUnavailable, installNativeCommand } from '../engine-unavailable.js';
import { tfjsNode } from './native-release.js';
import { writeStandIns } from './tensorflow-js-stand-in.js';

const fail = (received: string, cause: unknown): never => {
  throw engineUnavailable(
    `npm must be able to fetch ${tfjsNode.name}@${tfjsNode.version}. Received: ${received}`,
    `Look at the network and at npm's settings, then again: ${installNativeCommand}`,
    cause,
  );
};

const run = async (command: string, argv: readonly string[], cwd: string, signal?: AbortSignal) => {
  const outcome = await runCommand(command, argv, { cwd, signal });
  if (outcome?.exitCode === 0) return;
  const lines = outcome?.errorText.split('\n') ?? [];
  fail(lines.find((line) => line.trim() !== '') ?? `no ${command}`, outcome?.errorText);
};

/**
 * Fetches the sources and the JavaScript of tfjs-node with npm, without its dependencies and its install script, and
 * checks them.
 *
 * @param folder where they go; it holds nothing else of these names
 */
export const fetchTfjsNode = async (folder: string, signal: AbortSignal | undefined): Promise<void> => {
  await run('npm', ['pack', '--silent', `${tfjsNode.name}@${tfjsNode.version}`], folder, signal);
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) return fail('no archive', undefined);
  const sha256 = await hashFile(join(folder, archive));
  requireChecksum(sha256 ?? '', tfjsNode.sha256, `the archive of ${tfjsNode.name}@${tfjsNode.version}`);
  await run('tar', ['-xzf', archive], folder, signal);
  await rm(join(folder, archive));
  for (const name of ['binding', 'binding.gyp', 'dist']) {
    await rename(join(folder, 'package', name), join(folder, name));
  }
  await writeStandIns(folder);
};
