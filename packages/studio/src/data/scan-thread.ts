import { parentPort, workerData } from 'node:worker_threads';
import { RegraftError } from '@regraft/errors';
import { scanDataset } from './scan-dataset.js';
import type { ScanReply } from './start-scan.js';

const port = parentPort!;
const reply = (message: ScanReply): void => port.postMessage(message);
const stop = new AbortController();
port.once('message', () => stop.abort());

try {
  const manifest = await scanDataset(workerData, {
    signal: stop.signal,
    onProgress: (progress) => reply({ progress }),
  });
  reply({ manifest });
} catch (error) {
  if (!RegraftError.isInstance(error)) throw error;
  reply({ error: error.toJSON() });
} finally {
  port.close();
}
