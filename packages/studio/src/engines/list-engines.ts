import { RegraftError } from '@regraft/errors';
import * as tf from '@tensorflow/tfjs';
import { type EngineName, engineNames } from './engine.js';
import { resolveEngineChoice } from './engine-choice.js';
import { installNativeCommand } from './engine-unavailable.js';
import { findNatives } from './native/find-natives.js';
import { loadNative } from './native/load-native.js';
import { wasmFolder } from './start-wasm.js';
import { useEngine } from './use-engine.js';

export interface EngineListing {
  readonly engine: EngineName;
  /** Whether it starts here. */
  readonly found: boolean;
  readonly version: string | null;
  readonly threads: number | null;
  /** Its folder; null for what is part of TensorFlow.js. */
  readonly where: string | null;
  /** Why it doesn't start, where it is there and doesn't. */
  readonly problem: string | null;
  /** What adds or mends it, where something does. */
  readonly command: string | null;
}

const versionOf = (engine: EngineName, versions: Readonly<Record<string, string>>): string =>
  engine === 'native'
    ? `TensorFlow ${versions.tensorflow}, tfjs-node ${versions['tfjs-node']}`
    : `TensorFlow.js ${tf.version.tfjs}`;

const placeOf = async (engine: EngineName, threads: number): Promise<string | null> => {
  if (engine === 'native') return (await loadNative(findNatives(), threads)).folder;
  return engine === 'wasm' ? wasmFolder() : null;
};

const look = async (engine: EngineName, wanted: number): Promise<EngineListing> => {
  const isNative = engine === 'native';
  const [native] = isNative ? findNatives() : [];
  try {
    const { versions, threads } = await useEngine(engine, wanted);
    const where = await placeOf(engine, wanted);
    return {
      engine,
      found: true,
      version: versionOf(engine, versions),
      threads,
      where,
      problem: null,
      command: null,
    };
  } catch (error) {
    if (!RegraftError.isInstance(error)) throw error;
    return {
      engine,
      found: false,
      version: null,
      threads: null,
      where: native?.folder ?? null,
      problem: isNative && native === undefined ? null : error.message,
      command: isNative ? installNativeCommand : null,
    };
  }
};

/** Starts every engine that is here, one after the other, and calls back while it is the current one. */
export const visitEngines = async (visit: (listing: EngineListing) => Promise<void>): Promise<void> => {
  const { threads } = resolveEngineChoice({});
  for (const engine of engineNames) await visit(await look(engine, threads));
};

/**
 * What each engine is and whether it starts here. The last one stays the current one.
 *
 * @example for (const { engine, found, command } of await listEngines()) console.log(engine, found, command);
 */
export const listEngines = async (): Promise<EngineListing[]> => {
  const listings: EngineListing[] = [];
  await visitEngines(async (listing) => {
    listings.push(listing);
  });
  return listings;
};
