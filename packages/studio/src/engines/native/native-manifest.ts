import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hashFile } from '../../data/hash-file.js';
import { nativeFiles } from './native-folder.js';
import { libraries, tfjsNode } from './native-release.js';

const manifestSchema = z.object({
  format: z.literal(1),
  tfjsNode: z.string(),
  tensorflow: z.string(),
  /** Of the addon, which is small; the library's files are held to their sizes. */
  sha256: z.string(),
  bytes: z.record(z.string(), z.int().positive()),
});

/** What was built, and how to see that it still is. */
export type NativeManifest = z.output<typeof manifestSchema>;

const sizedFiles = [nativeFiles.addon, ...libraries.map((name) => `${nativeFiles.library}/${name}`)];

/** Writes down what a folder holds, once everything in it is in its place. */
export const writeNativeManifest = async (folder: string, tensorflow: string): Promise<void> => {
  const sizes = await Promise.all(
    sizedFiles.map(async (file) => [file, (await stat(join(folder, file))).size] as const),
  );
  const manifest: NativeManifest = {
    format: 1,
    tfjsNode: tfjsNode.version,
    tensorflow,
    sha256: (await hashFile(join(folder, nativeFiles.addon)))!,
    bytes: Object.fromEntries(sizes),
  };
  await writeFile(join(folder, nativeFiles.manifest), JSON.stringify(manifest));
};

const readManifest = async (folder: string): Promise<NativeManifest | undefined> => {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(folder, nativeFiles.manifest), 'utf8')));
  } catch {
    return undefined;
  }
};

/** What is wrong with the files of a built engine; undefined where they are as they were. */
export const findDamage = async (folder: string): Promise<string | undefined> => {
  const manifest = await readManifest(folder);
  if (manifest === undefined) return `no readable ${nativeFiles.manifest}`;
  if (manifest.tfjsNode !== tfjsNode.version) {
    return `one of tfjs-node ${manifest.tfjsNode}, where this Regraft has ${tfjsNode.version}`;
  }
  for (const [file, bytes] of Object.entries(manifest.bytes)) {
    const size = await stat(join(folder, file)).then(
      (found) => found.size,
      () => undefined,
    );
    if (size === undefined) return `no ${file}`;
    if (size !== bytes) return `a damaged ${file}, of ${size} bytes where ${bytes} were written`;
  }
  const sha256 = await hashFile(join(folder, nativeFiles.addon));
  return sha256 === manifest.sha256 ? undefined : `a damaged ${nativeFiles.addon}`;
};
