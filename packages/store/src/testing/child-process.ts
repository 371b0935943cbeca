import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface TestChild {
  readonly process: ChildProcess;
  /** What it has written to standard output so far, by line; a last line without its end is not among them. */
  lines(): string[];
  /** Resolves when it has ended and all its output is there. */
  readonly ended: Promise<{ code: number | null; errors: string }>;
}

/** Starts a program and gathers what it writes. */
export const startProgram = (program: string, parameters: readonly string[]): TestChild => {
  const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  return {
    process: child,
    lines: () => output.split('\n').slice(0, -1),
    ended: once(child, 'close').then(([code]) => ({ code: code as number | null, errors })),
  };
};

/** Starts a script in a Node of its own. The scripts of this folder use the built package. */
export const startScript = (script: URL, parameters: readonly string[]): TestChild =>
  startProgram(process.execPath, [fileURLToPath(script), ...parameters]);
