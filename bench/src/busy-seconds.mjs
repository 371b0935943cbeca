import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** Seconds that all cores together take to decode the files, or, given a trunk's segments, to run them as many times. */
export const busySeconds = async (files, { segments, side }) => {
  const threads = availableParallelism();
  const workers = Array.from({ length: threads }, (_, thread) => {
    const share = files.filter((_, index) => index % threads === thread);
    return new Worker(new URL('busy-worker.mjs', import.meta.url), {
      workerData: { files: share, segments, side },
    });
  });
  const all = (event) => Promise.all(workers.map((worker) => once(worker, event)));
  const exited = all('exit');
  await all('message');
  const started = performance.now();
  const done = all('message');
  for (const worker of workers) worker.postMessage('go');
  await done;
  const seconds = (performance.now() - started) / 1000;
  await exited;
  return seconds;
};
