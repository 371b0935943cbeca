import { RegraftError } from '@regraft/errors';
import { type EngineFacts, engineNames } from './engine.js';
import { type EngineChoice, resolveEngineChoice } from './engine-choice.js';
import { findNatives } from './native/find-natives.js';
import { useEngine } from './use-engine.js';

export interface StartEngineOptions extends EngineChoice {
  /** Told of an engine that is there but doesn't work, where another is taken in its place. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

const startFastest = async (threads: number, onWarning: (message: string) => void): Promise<EngineFacts> => {
  for (const engine of engineNames) {
    if (engine === 'native' && findNatives().length === 0) continue;
    try {
      return await useEngine(engine, threads);
    } catch (error) {
      if (!RegraftError.isInstance(error) || engine === 'cpu') throw error;
      onWarning(`${error.message} ${error.hint}`);
    }
  }
  throw new Error('The cpu engine is always there.');
};

/**
 * Makes the engine that is asked for the current one of TensorFlow.js; where nobody asks, the fastest that works:
 * native, wasm, cpu. Asking again costs next to nothing.
 *
 * @throws RegraftError `engine-unavailable` where the engine that is asked for isn't there, with the command that adds
 * it; `usage-invalid` for a `REGRAFT_ENGINE` or `REGRAFT_THREADS` that makes no sense
 * @example const { backend, threads } = await startEngine({ engine: 'native', threads: 2 });
 */
export const startEngine = async ({
  onWarning = () => undefined,
  ...asked
}: StartEngineOptions = {}): Promise<EngineFacts> => {
  const { engine, threads } = resolveEngineChoice(asked);
  return engine === undefined ? startFastest(threads, onWarning) : useEngine(engine, threads);
};
