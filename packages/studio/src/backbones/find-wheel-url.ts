import { runCommand } from './run-command.js';

export interface WheelQuery {
  readonly package: string;
  readonly version: string;
  /** The Python to run pip with. */
  readonly python: string;
  /** pip's own options for the platform of the wheel. */
  readonly options: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** More than pip has to say of any package. */
const longestAnswer = 2 ** 24;

/**
 * The address that pip would download a wheel from, which asks its index and downloads nothing; undefined where pip
 * doesn't tell (before 21.2, a folder of wheels, no network). pip hides passwords that belong to the address.
 */
export const findWheelUrl = async ({
  package: name,
  version,
  python,
  options,
  signal,
}: WheelQuery): Promise<string | undefined> => {
  const pip = ['-m', 'pip', '--disable-pip-version-check', '--no-input'];
  // What `index` prints by itself has no addresses; its log has them, in the same words from pip 21.2 to 25.3.
  const argv = [...pip, 'index', 'versions', '-vv', '--only-binary=:all:', ...options, name];
  const outcome = await runCommand(python, argv, { signal, kept: longestAnswer });
  for (const line of outcome?.output.split('\n') ?? []) {
    const found = /Found link (https?:\/\/\S+\.whl)(?:#\S*)? .*version: (\S+)$/.exec(line.trimEnd());
    if (found?.[2] === version) return found[1];
  }
  return undefined;
};
