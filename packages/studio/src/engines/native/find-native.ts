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

/** The native engine of this machine: the package whose own installation worked, else the one built in the cache. */
export const findNative = (cacheFolder?: string): FoundNative | undefined => {
  const installed = packageFolder();
  if (installed !== undefined && existsSync(join(installed, nativeFiles.addon))) {
    return { kind: 'package', folder: installed };
  }
  const folder = nativeFolder(cacheFolder);
  return existsSync(folder) ? { kind: 'built', folder } : undefined;
};
