import { RegraftError } from '@regraft/errors';
import { type CommandOutcome, runCommand } from './run-command.js';
import { unavailable } from './unavailable.js';

/** Names of Python that a system may have, in the order to try. */
export const defaultPythons: readonly string[] =
  process.platform === 'win32' ? ['py', 'python', 'python3'] : ['python3', 'python'];

export interface PipOptions {
  /** Names of Python to try, in order. */
  readonly pythons: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** More of pip's own options, as the platform of the wheel. */
  readonly options?: readonly string[];
  /** The folder pip downloads into before it moves the wheel to its place; the system's unless told. */
  readonly temporaryFolder?: string;
}

const cancelled = (cause: unknown): RegraftError =>
  new RegraftError({ code: 'cancelled', message: 'The download was stopped before its end.', cause });

const offline =
  /NewConnectionError|ConnectTimeout|ConnectionError|ProxyError|Temporary failure in name resolution|Name or service not known|Network is unreachable|Max retries exceeded|Retrying \(/;

const explain = (what: string, { errorText }: CommandOutcome): RegraftError => {
  const lines = errorText.split('\n').map((line) => line.trim());
  const reason = lines.findLast((line) => line.startsWith('ERROR:')) ?? lines.findLast((line) => line !== '');
  if (offline.test(errorText)) {
    return unavailable(
      `pip must reach its package index to fetch ${what}. Received: no connection`,
      'Connect to the network, or give the path of a weight file you have.',
      new Error(errorText),
    );
  }
  return unavailable(
    `pip must be able to fetch ${what}. Received: ${reason ?? 'an error without words'}`,
    `Try it yourself: python3 -m pip download --no-deps ${what}`,
    new Error(errorText),
  );
};

/**
 * Downloads one wheel (`name==version`), without what it depends on, into a folder. pip's own settings (index,
 * proxy, cache) apply. Throws `backbone-unavailable` where there is no Python with pip, no network or no such wheel.
 */
export const downloadWheel = async (
  requirement: string,
  folder: string,
  { pythons, signal, options = [], temporaryFolder }: PipOptions,
): Promise<void> => {
  if (signal?.aborted) throw cancelled(signal.reason);
  const env = temporaryFolder === undefined ? process.env : { ...process.env, TMPDIR: temporaryFolder };
  const pip = ['-m', 'pip', '--disable-pip-version-check', '--no-input'];
  const fixed = ['download', '--no-deps', '--only-binary=:all:', '--quiet', '--dest', folder];
  for (const python of pythons) {
    const argv = [...pip, ...fixed, ...options, requirement];
    const outcome = await runCommand(python, argv, { env, signal }).catch((error: Error) => {
      throw error.name === 'AbortError' ? cancelled(error) : error;
    });
    if (outcome === undefined || outcome.errorText.includes('No module named pip')) continue;
    if (outcome.exitCode === 0) return;
    throw explain(requirement, outcome);
  }
  throw unavailable(
    `Python with pip must be installed to fetch ${requirement}. Received: neither under ${pythons.join(' nor ')}`,
    'Install Python 3, use the embedded backbone, or give the path of a weight file you have.',
  );
};
