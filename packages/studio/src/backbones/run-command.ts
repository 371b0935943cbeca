import { spawn } from 'node:child_process';

export interface CommandOutcome {
  readonly exitCode: number | null;
  /** What ended it, where it didn't end by itself. */
  readonly endedBy: NodeJS.Signals | null;
  /** The end of what it wrote to stdout. */
  readonly output: string;
  /** The end of what it wrote to stderr. */
  readonly errorText: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  /** How many characters of what it writes are kept, from the end. */
  readonly kept?: number;
}

/** Runs a program to its end; undefined where there is none of this name that may be run. Rejects with an AbortError when aborted. */
export const runCommand = (
  command: string,
  argv: readonly string[],
  { cwd, env, signal, kept = 20_000 }: CommandOptions = {},
): Promise<CommandOutcome | undefined> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, argv, { cwd, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errorText = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output = (output + chunk).slice(-kept);
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      errorText = (errorText + chunk).slice(-kept);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    child.on('close', (exitCode, endedBy) => resolve({ exitCode, endedBy, output, errorText }));
  });
