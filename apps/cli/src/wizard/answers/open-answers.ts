import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Prediction } from '@regraft/studio/models';
import { type FailureLine, failureOfLine } from '../failure-of-line.js';
import { programPath } from '../program-path.js';

/** What answers: a version, and about what. */
export interface AnswersRequest {
  readonly version: string;
  /** Where new images appear that are to be answered; null where files are asked about. */
  readonly folder: string | null;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** A version that is loaded in a process of its own, and answers as often as it is asked. */
export interface Answers {
  /** Asks about files, and about the images in folders. */
  ask(paths: readonly string[]): void;
  /** First one without files, when it is ready; then one for all that was asked, or that appeared, together. */
  readonly predictions: AsyncIterable<Prediction>;
}

type Line = Prediction | { readonly error: FailureLine };

/** Runs `regraft watch` beside the wizard, whose process never loads TensorFlow. */
export const openAnswers = (
  { version, folder, signal }: AnswersRequest,
  { store }: { readonly store: string },
): Answers => {
  const words = ['watch', version, ...(folder === null ? [] : [folder]), '--json', '--store', store];
  const child = spawn(process.execPath, [programPath, ...words], { stdio: ['pipe', 'pipe', 'pipe'] });
  // Who asks a process that is gone learns why from its answers.
  child.stdin.on('error', () => undefined);
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-2000);
  });
  const stop = (): void => {
    child.kill();
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      signal.removeEventListener('abort', stop);
      if (code === 0 || signal.aborted) resolve();
      else reject(new Error(complaints.trim() || 'The process that answers has ended.'));
    });
  });
  ended.catch(() => undefined);
  return {
    ask: (paths) => {
      child.stdin.write(paths.map((path) => `${path}\n`).join(''));
    },
    predictions: (async function* () {
      for await (const text of createInterface({ input: child.stdout })) {
        const line = JSON.parse(text) as Line;
        if ('error' in line) throw failureOfLine(line.error);
        yield line;
      }
      await ended;
    })(),
  };
};
