import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { RegraftError } from '@regraft/errors';
import type { ScanOptions } from './inspect-files.js';
import type { Manifest } from './manifest.js';
import type { DatasetRequest } from './scan-dataset.js';

type Progress = Parameters<NonNullable<ScanOptions['onProgress']>>[0];

/** What a thread is started with. */
export interface ScanJob {
  readonly request: DatasetRequest;
  /** Path of the store that knows files of earlier scans. */
  readonly store: string;
}

/** What the thread says: any number of times how far it is, then once how it ended. */
export type ScanReply =
  | { readonly progress: Progress }
  | { readonly manifest: Manifest }
  | { readonly error: ReturnType<RegraftError['toJSON']> };

/** A scan under way in a thread of its own. */
export interface StartedScan {
  /** Its manifest; from now on progress is reported. */
  finish(onProgress: (progress: Progress) => void): Promise<Manifest>;
}

/** The compiled thread, also where this file itself runs from its source. */
const threadPath = createRequire(import.meta.url).resolve('@regraft/studio/scan-thread');

/**
 * Starts `scanDataset` in a thread, so that this one can load TensorFlow.js meanwhile, which takes as long.
 *
 * @throws what `scanDataset` throws, from `finish`
 */
export const startScan = (job: ScanJob, signal: AbortSignal): StartedScan => {
  let report = (_: Progress): void => undefined;
  const manifest = new Promise<Manifest>((resolve, reject) => {
    const thread = new Worker(threadPath, { workerData: job });
    const stop = (): void => thread.postMessage('stop');
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    thread.on('message', (reply: ScanReply) => {
      if ('progress' in reply) report(reply.progress);
      else if ('manifest' in reply) resolve(reply.manifest);
      else reject(new RegraftError(reply.error));
    });
    thread.on('error', reject);
    thread.on('exit', () => {
      signal.removeEventListener('abort', stop);
      reject(new Error('The scan ended before its work was done.'));
    });
  });
  // A failure waits for whoever asks for the result.
  manifest.catch(() => undefined);
  return {
    finish: (onProgress) => {
      report = onProgress;
      return manifest;
    },
  };
};
