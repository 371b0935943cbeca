import { parentPort, workerData } from 'node:worker_threads';
import { RegraftError } from '@regraft/errors';
import { openStore } from '@regraft/store';
import { scanDataset } from './scan-dataset.js';
import type { ScanJob, ScanReply } from './start-scan.js';

const { request, store: path }: ScanJob = workerData;
const port = parentPort!;
const reply = (message: ScanReply): void => port.postMessage(message);
const stop = new AbortController();
port.once('message', () => stop.abort());

try {
  const store = await openStore(path, { mode: 'existing' });
  try {
    const manifest = await scanDataset(request, {
      knownFiles: store.knownFiles,
      signal: stop.signal,
      onProgress: (progress) => reply({ progress }),
    });
    reply({ manifest });
  } finally {
    await store.close();
  }
} catch (error) {
  if (!RegraftError.isInstance(error)) throw error;
  reply({ error: error.toJSON() });
} finally {
  port.close();
}
