import { createRequire } from 'node:module';
import { join } from 'node:path';
import { registerFunctionCompiler } from '@regraft/core';
import { registerNativeKernels } from '@regraft/kernels';
import * as tf from '@tensorflow/tfjs';
import { engineUnavailable, installNativeCommand } from '../engine-unavailable.js';
import { compileStep } from './compile-step.js';
import type { FoundNative } from './find-natives.js';
import { nativeFiles } from './native-folder.js';
import { findDamage } from './native-manifest.js';
import { tfjsNode } from './native-release.js';
import { restoreNodeUtilities } from './node-utilities.js';
import { offerTensorflowJs } from './tensorflow-js-stand-in.js';

const require = createRequire(import.meta.url);

/** The name of tfjs-node's backend in TensorFlow.js. */
const nativeBackend = 'tensorflow';

interface Binding {
  readonly TF_Version: string;
}

type BackendClass = new (binding: Binding, packageName: string) => tf.KernelBackend;

/** What TensorFlow reads from the environment as its library is loaded. */
const prepareEnvironment = (threads: number): void => {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  process.env.TF_NUM_INTRAOP_THREADS = String(threads);
  process.env.TF_NUM_INTEROP_THREADS = String(threads);
};

/** A package that failed has registered its kernels already; twice would be told of on the console. */
const forgetKernels = (): void => {
  for (const { kernelName } of tf.getKernelsForBackend(nativeBackend)) {
    tf.unregisterKernel(kernelName, nativeBackend);
  }
};

const registerBuilt = (folder: string): void => {
  offerTensorflowJs(require('@tensorflow/tfjs') as object);
  const binding = require(join(folder, nativeFiles.addon)) as Binding;
  const { NodeJSKernelBackend } = require(join(folder, nativeFiles.backend)) as {
    NodeJSKernelBackend: BackendClass;
  };
  forgetKernels();
  require(join(folder, nativeFiles.kernels));
  tf.registerBackend(nativeBackend, () => new NodeJSKernelBackend(binding, tfjsNode.name));
};

const register = async ({ kind, folder }: FoundNative): Promise<void> => {
  if (kind === 'package') {
    restoreNodeUtilities();
    require(tfjsNode.name);
    return;
  }
  const damage = await findDamage(folder);
  if (damage !== undefined) throw new Error(damage);
  registerBuilt(folder);
};

const versionsOf = (): Record<string, string> => {
  const { binding } = tf.backend() as tf.KernelBackend & { binding: Binding };
  return { 'tfjs-node': tfjsNode.version, tensorflow: binding.TF_Version };
};

interface LoadedNative {
  readonly folder: string;
  readonly threads: number;
  readonly versions: Readonly<Record<string, string>>;
}

let loaded: LoadedNative | undefined;

/** What Node says of a module that doesn't load, without where it looked and what to do about modules of one's own. */
const reasonOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause))
    .replaceAll('\n', ' ')
    .replace(/ (Require stack:|Please try).*/, '');

const load = async (native: FoundNative, threads: number): Promise<LoadedNative> => {
  try {
    prepareEnvironment(threads);
    await register(native);
    if (!(await tf.setBackend(nativeBackend))) throw new Error('a backend that does not start');
    registerNativeKernels();
    registerFunctionCompiler(nativeBackend, compileStep);
    return { folder: native.folder, threads, versions: versionsOf() };
  } catch (cause) {
    throw engineUnavailable(
      `The native engine must load. Received: ${reasonOf(cause)} (in ${native.folder})`,
      `Install it again: ${installNativeCommand}`,
      cause,
    );
  }
};

const loadFirst = async (natives: readonly FoundNative[], threads: number): Promise<LoadedNative> => {
  let failure: unknown = engineUnavailable(
    'The native engine must be installed to be used. Received: none on this machine',
    `Add it with: ${installNativeCommand}`,
  );
  for (const native of natives) {
    try {
      return await load(native, threads);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
};

/**
 * Registers TensorFlow's own library as a backend of this process's TensorFlow.js and makes it the current one. Its
 * threads are fixed by the first call that succeeds.
 *
 * @param natives where to look, in order
 * @throws RegraftError `engine-unavailable` where there is none, or it is damaged, built for another system, or loaded
 * with other threads
 */
export const loadNative = async (natives: readonly FoundNative[], threads: number): Promise<LoadedNative> => {
  if (loaded === undefined) {
    loaded = await loadFirst(natives, threads);
    return loaded;
  }
  if (loaded.threads !== threads) {
    throw engineUnavailable(
      `The threads of the native engine are fixed once it is loaded. Received: ${threads}, after ${loaded.threads}`,
      'Use another process for another number of threads.',
    );
  }
  await tf.setBackend(nativeBackend);
  return loaded;
};
