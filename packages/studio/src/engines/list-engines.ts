import { RegraftError } from '@regraft/errors';
import * as tf from '@tensorflow/tfjs';
import { type EngineName, engineNames } from './engine.js';
import { resolveEngineChoice } from './engine-choice.js';
import { installNativeCommand } from './engine-unavailable.js';
import { findNative } from './native/find-native.js';
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

const placeOf = (engine: EngineName): string | null => {
  if (engine === 'native') return findNative()?.folder ?? null;
  return engine === 'wasm' ? wasmFolder() : null;
};

const versionOf = (engine: EngineName, versions: Readonly<Record<string, string>>): string =>
  engine === 'native'
    ? `TensorFlow ${versions.tensorflow}, tfjs-node ${versions['tfjs-node']}`
    : `TensorFlow.js ${tf.version.tfjs}`;

const look = async (engine: EngineName, wanted: number): Promise<EngineListing> => {
  const where = placeOf(engine);
  const missing = { engine, found: false, version: null, threads: null, where, problem: null } as const;
  if (engine === 'native' && where === null) return { ...missing, command: installNativeCommand };
  try {
    const { versions, threads } = await useEngine(engine, wanted);
    const version = versionOf(engine, versions);
    return { engine, found: true, version, threads, where, problem: null, command: null };
  } catch (error) {
    if (!RegraftError.isInstance(error)) throw error;
    return {
      ...missing,
      problem: error.message,
      command: engine === 'native' ? installNativeCommand : null,
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
