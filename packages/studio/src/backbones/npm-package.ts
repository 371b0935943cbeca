import { open, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BackboneSource } from '@regraft/core';
import { unavailable } from './unavailable.js';

type NpmSource = Extract<BackboneSource, { kind: 'npm' }>;

const require = createRequire(import.meta.url);

/** The folder of an installed package; undefined where it is not installed. */
const packageFolder = (name: string): string | undefined => {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
};

/** Whether the package of a source is installed beside Regraft. */
export const isInstalled = (source: NpmSource): boolean => packageFolder(source.package) !== undefined;

const readRange = async (
  path: string,
  { start, end }: { start: number; end: number },
): Promise<Uint8Array> => {
  const file = await open(path, 'r');
  try {
    const bytes = new Uint8Array(end - start);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

/** Reads weights out of an installed npm package of exactly the version that the source names. */
export const readFromPackage = async (source: NpmSource): Promise<Uint8Array> => {
  const wanted = `${source.package}@${source.version}`;
  const hint = `Install Regraft again, or add the package: npm install ${wanted}`;
  const folder = packageFolder(source.package);
  if (folder === undefined)
    throw unavailable(`The package ${wanted} must be installed. Received: none`, hint);
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  if (version !== source.version) {
    throw unavailable(`The package ${wanted} must be installed. Received: version ${version}`, hint);
  }
  const path = join(folder, source.file);
  try {
    return source.range === undefined ? await readFile(path) : await readRange(path, source.range);
  } catch (cause) {
    throw unavailable(
      `The package ${wanted} must hold ${source.file}. Received: a file that can't be read`,
      hint,
      cause,
    );
  }
};
