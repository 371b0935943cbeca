import { availableParallelism } from 'node:os';
import { RegraftError } from '@regraft/errors';
import { type EngineName, engineNames } from './engine.js';

/** What somebody asks for; where it is silent, `REGRAFT_ENGINE` and `REGRAFT_THREADS` speak, then the machine. */
export interface EngineChoice {
  readonly engine?: EngineName | undefined;
  /** Of the native engine; the others have one. */
  readonly threads?: number | undefined;
}

export interface ResolvedChoice {
  /** Undefined for the fastest that is there. */
  readonly engine: EngineName | undefined;
  readonly threads: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const wrong = (name: string, rule: string, received: string, hint: string): RegraftError =>
  new RegraftError({
    code: 'usage-invalid',
    message: `${name} must be ${rule}. Received: ${received}`,
    hint,
  });

const engineFrom = (text: string | undefined): EngineName | undefined => {
  if (!text) return undefined;
  const engine = engineNames.find((name) => name === text);
  if (engine !== undefined) return engine;
  throw wrong('REGRAFT_ENGINE', engineNames.join(', '), text, 'See what is here with: regraft engine list');
};

const threadsFrom = (text: string | undefined): number | undefined => {
  if (!text) return undefined;
  const threads = Number(text);
  if (Number.isSafeInteger(threads) && threads >= 1) return threads;
  throw wrong(
    'REGRAFT_THREADS',
    'a whole number of at least 1',
    text,
    'Unset it for all that the machine has.',
  );
};

/**
 * The choice that counts: an option before the environment, the environment before the machine.
 *
 * @throws RegraftError `usage-invalid` for a variable that makes no sense
 */
export const resolveEngineChoice = (
  { engine, threads }: EngineChoice,
  environment: Environment = process.env,
): ResolvedChoice => ({
  engine: engine ?? engineFrom(environment.REGRAFT_ENGINE),
  threads: threads ?? threadsFrom(environment.REGRAFT_THREADS) ?? availableParallelism(),
});
