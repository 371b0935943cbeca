import { spawn } from 'node:child_process';
import { type FailureLine, failureOfLine } from './failure-of-line.js';
import { programPath } from './program-path.js';

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

/**
 * Runs a command of Regraft as a process of its own and gives the last JSON value that it prints. What loads TensorFlow
 * runs like this, so that the wizard doesn't.
 *
 * @throws RegraftError that of the command
 */
export const runCommand = (words: readonly string[], signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [programPath, ...words, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    let printed = '';
    let complaints = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints += text;
    });
    child.on('error', reject);
    child.on('close', () => {
      const line = lastLine(printed);
      if (line === '') {
        reject(new Error(lastLine(complaints) || `regraft ${words.join(' ')} ended without a word`));
        return;
      }
      try {
        const value = JSON.parse(line) as { readonly error?: FailureLine };
        if (value.error) reject(failureOfLine(value.error));
        else resolve(value);
      } catch (error) {
        reject(error);
      }
    });
  });
