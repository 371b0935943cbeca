import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { nativeFiles, nativeFolder } from './native-folder.js';
import { tfjsNode } from './native-release.js';

const require = createRequire(import.meta.url);

/** A native engine that is on this machine, whether it loads or not. */
export interface FoundNative {
  /** `package` is tfjs-node with the addon of its own installation, `built` what `engine install` made. */
  readonly kind: 'package' | 'built';
  readonly folder: string;
}

const packageFolder = (): string | undefined => {
  try {
    return dirname(require.resolve(`${tfjsNode.name}/package.json`));
  } catch {
    return undefined;
  }
};

/** The native engines of this machine: the package whose own installation came to an end, then the one in the cache. */
export const findNatives = (cacheFolder?: string): FoundNative[] => {
  const installed = packageFolder();
  const built = nativeFolder(cacheFolder);
  const found: FoundNative[] = [];
  if (installed !== undefined && existsSync(join(installed, nativeFiles.addon))) {
    found.push({ kind: 'package', folder: installed });
  }
  if (existsSync(built)) found.push({ kind: 'built', folder: built });
  return found;
};
