import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { engineUnavailable, installNativeCommand } from '../engine-unavailable.js';
import type { FoundNative } from './find-native.js';
import { nativeFiles } from './native-folder.js';
import { findDamage } from './native-manifest.js';
import { tfjsNode } from './native-release.js';
import { restoreNodeUtilities } from './node-utilities.js';
import { offerTensorflowJs } from './tensorflow-js-stand-in.js';

const require = createRequire(import.meta.url);

/** The name of tfjs-node's backend in TensorFlow.js. */
export const nativeBackend = 'tensorflow';

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

const registerBuilt = (folder: string): void => {
  offerTensorflowJs(require('@tensorflow/tfjs') as object);
  const binding = require(join(folder, nativeFiles.addon)) as Binding;
  const { NodeJSKernelBackend } = require(join(folder, nativeFiles.backend)) as {
    NodeJSKernelBackend: BackendClass;
  };
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

let loaded: { readonly threads: number } | undefined;

/**
 * Registers TensorFlow's own library as a backend of this process's TensorFlow.js and makes it the current one. Its
 * threads are fixed by the first call.
 *
 * @returns the versions of what was loaded
 * @throws RegraftError `engine-unavailable` where it is damaged, built for another system, or loaded with other threads
 */
export const loadNative = async (native: FoundNative, threads: number): Promise<Record<string, string>> => {
  if (loaded !== undefined && loaded.threads !== threads) {
    throw engineUnavailable(
      `The threads of the native engine are fixed once it is loaded. Received: ${threads}, after ${loaded.threads}`,
      'Use another process for another number of threads.',
    );
  }
  try {
    if (loaded === undefined) {
      prepareEnvironment(threads);
      await register(native);
    }
    if (!(await tf.setBackend(nativeBackend))) throw new Error('a backend that does not start');
    loaded = { threads };
    return versionsOf();
  } catch (cause) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw engineUnavailable(
      `The native engine must load. Received: ${reason} (in ${native.folder})`,
      native.kind === 'built'
        ? `Install it again: ${installNativeCommand}`
        : `Install the package again: npm rebuild ${tfjsNode.name}`,
      cause,
    );
  }
};
