import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RegraftError } from '@regraft/errors';
import { defaultCacheFolder } from '../../backbones/cache-folder.js';
import { cacheUnwritable } from '../../backbones/cached-weights.js';
import { defaultPythons } from '../../backbones/run-pip.js';
import { engineUnavailable } from '../engine-unavailable.js';
import { buildAddon } from './build-addon.js';
import { withBuildFolder } from './build-folder.js';
import { checkBuildTools, requireWheel } from './check-build-tools.js';
import { discardWheel, downloadTensorflow } from './download-tensorflow.js';
import { fetchTfjsNode } from './fetch-tfjs-node.js';
import { findNatives } from './find-natives.js';
import type { InstallContext, InstallStep } from './install-step.js';
import { enginesFolder, nativeFolder } from './native-folder.js';
import { writeNativeManifest } from './native-manifest.js';
import { type AddonPackage, type TensorflowWheel, tfjsNode } from './native-release.js';
import { proveNative } from './prove-native.js';
import { swapFolder } from './swap-folder.js';
import { unpackTensorflow } from './unpack-tensorflow.js';

export interface InstalledNative {
  readonly folder: string;
  /** False where a working one was there already. */
  readonly isNew: boolean;
  readonly versions: Readonly<Record<string, string>>;
}

export interface InstallNativeOptions {
  /** Where engines are kept; this user's cache folder unless told. */
  readonly cacheFolder?: string;
  /** Names of Python to run pip with, in order. */
  readonly pythons?: readonly string[];
  /** The wheel to take the library from; the one for this platform unless told. */
  readonly wheel?: TensorflowWheel;
  /** The package to take the addon from; tfjs-node unless told. */
  readonly addon?: AddonPackage;
  readonly signal?: AbortSignal;
  readonly onStep?: (step: InstallStep) => void;
}

/** Only what runs stays: neither sources nor headers nor what the compiler left. */
const buildOnly = [
  'binding',
  'binding.gyp',
  'build',
  'deps/include',
  'deps/lib/libtensorflow.so',
  'deps/lib/libtensorflow_framework.so',
  'node',
  'package',
  'package.json',
  'pip',
  'wheel',
];

const clear = async (folder: string): Promise<void> => {
  for (const name of buildOnly) await rm(join(folder, name), { recursive: true, force: true });
};

interface Ingredients {
  readonly wheel: TensorflowWheel;
  readonly addon: AddonPackage;
  readonly pythons: readonly string[];
}

const installInto = async (
  cacheFolder: string,
  { wheel, addon, pythons }: Ingredients,
  context: InstallContext,
): Promise<InstalledNative> => {
  const { signal, onStep } = context;
  const { python, compiler } = await checkBuildTools(pythons, signal);
  return withBuildFolder(enginesFolder(cacheFolder), async (folder) => {
    const path = await downloadTensorflow(wheel, folder, { cacheFolder, python, context });
    await unpackTensorflow(path, join(folder, 'deps'), context);
    onStep({ step: 'build' });
    await fetchTfjsNode(addon, folder, signal);
    await buildAddon(folder, { compiler, python, signal });
    await clear(folder);
    await writeNativeManifest(folder, wheel.version);
    onStep({ step: 'prove' });
    const { versions } = await proveNative({ kind: 'built', folder }, signal);
    const target = nativeFolder(cacheFolder);
    await swapFolder(folder, target);
    await discardWheel(cacheFolder, wheel);
    return { folder: target, isNew: true, versions };
  });
};

const fullDisk = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM'];

const explain = (error: unknown, cacheFolder: string): unknown => {
  if (error instanceof Error && error.name === 'AbortError') {
    return new RegraftError({
      code: 'cancelled',
      message: 'The installation was stopped before its end.',
      cause: error,
    });
  }
  const isDisk = error instanceof Error && 'code' in error && fullDisk.includes(String(error.code));
  const known = isDisk && !RegraftError.isInstance(error) ? cacheUnwritable(cacheFolder, error) : error;
  if (!RegraftError.isInstance(known) || known.code !== 'backbone-unavailable') return known;
  return engineUnavailable(known.message, known.hint ?? '', known);
};

/**
 * Makes TensorFlow's own library an engine of this machine: takes it out of TensorFlow's Python wheel, compiles the
 * addon of tfjs-node against it, and takes a real training step before it counts as installed. Whatever fails, what
 * was there before stays as it was. A native engine that already works is left alone.
 *
 * @throws RegraftError `engine-unavailable`, `checksum-mismatch`, `cancelled`
 * @example const { folder } = await installNative({ onStep: ({ step }) => console.log(step) });
 */
export const installNative = async ({
  cacheFolder = defaultCacheFolder(),
  pythons = defaultPythons,
  wheel,
  addon = tfjsNode,
  signal,
  onStep = () => undefined,
}: InstallNativeOptions = {}): Promise<InstalledNative> => {
  try {
    onStep({ step: 'check' });
    for (const native of findNatives(cacheFolder)) {
      const proof = await proveNative(native, signal).catch(() => undefined);
      if (proof) return { folder: native.folder, isNew: false, versions: proof.versions };
    }
    signal?.throwIfAborted();
    const ingredients = { wheel: wheel ?? requireWheel(), addon, pythons };
    return await installInto(cacheFolder, ingredients, { signal, onStep });
  } catch (error) {
    throw explain(error, cacheFolder);
  }
};
