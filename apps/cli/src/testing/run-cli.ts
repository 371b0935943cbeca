import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The entry of the built command line. */
export const bin = fileURLToPath(new URL('../../bin/regraft.js', import.meta.url));

export interface CliRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Each line of stdout as JSON; for commands called with `--json`. */
  readonly json: () => Record<string, unknown>[];
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  /** What it reads from its standard input; nothing unless told. */
  readonly input?: string;
  /** Called with the process once it started, to send it signals. */
  readonly onStart?: (child: ChildProcess) => void;
  readonly onLine?: (line: string, child: ChildProcess) => void;
}

/** Runs the built `regraft` as a user would, without a terminal. */
export const runCli = (
  argv: readonly string[],
  { cwd, env, uid, input, onStart, onLine }: CliOptions = {},
): Promise<CliRun> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...argv], {
      cwd,
      uid,
      gid: uid,
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    child.stdin?.end(input);
    let stdout = '';
    let stderr = '';
    let unread = '';
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const lines = (unread + text).split('\n');
      unread = lines.pop() ?? '';
      for (const line of lines) onLine?.(line, child);
    });
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (exitCode) => {
      const json = () =>
        stdout
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as Record<string, unknown>);
      resolve({ exitCode, stdout, stderr, json });
    });
    onStart?.(child);
  });
