import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { FeatureJob, FeatureResult, WorkerRequest, WorkerSetup } from './worker-messages.js';

/** A running worker thread and the results it has sent. */
export interface FeatureWorker {
  send(job: FeatureJob): void;
  /** The next result. Rejects once the worker has failed or ended. */
  next(): Promise<FeatureResult>;
  /** Lets the worker finish what it is in the middle of, and waits until it has ended. */
  stop(): Promise<void>;
}

/** The compiled worker, also where this file itself runs from its source. */
const workerPath = createRequire(import.meta.url).resolve('@regraft/studio/feature-worker');

export const startWorker = (setup: WorkerSetup): FeatureWorker => {
  const worker = new Worker(workerPath, { workerData: setup });
  const results: FeatureResult[] = [];
  let failure: Error | undefined;
  let notify = (): void => undefined;

  worker.on('message', (result: FeatureResult) => {
    results.push(result);
    notify();
  });
  worker.on('error', (error: Error) => {
    failure ??= error;
    notify();
  });
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      failure ??= new Error('A feature worker ended before its work was done.');
      notify();
      resolve();
    });
  });
  const post = (request: WorkerRequest): void => worker.postMessage(request);

  return {
    send: post,
    next: async () => {
      for (;;) {
        const result = results.shift();
        if (result) return result;
        if (failure) throw failure;
        await new Promise<void>((resolve) => {
          notify = resolve;
        });
      }
    },
    stop: async () => {
      post('stop');
      await ended;
    },
  };
};
