import { parentPort, workerData } from 'node:worker_threads';
import { RegraftError } from '@regraft/errors';
import { decodeImage } from '../data/decode-image.js';
import { fileProblem } from '../data/file-problem.js';
import { readVerified } from '../data/read-verified.js';
import { loadSharp } from '../data/sharp.js';
import { createRunner, type ProgramRunner } from './run-program.js';
import { passGate } from './trunk-gate.js';
import type { FeatureJob, FeatureResult, WorkerRequest, WorkerSetup } from './worker-messages.js';

const { program, preprocessing, table, gate }: WorkerSetup = workerData;
const port = parentPort!;
(await loadSharp()).concurrency(1);

let runner: Promise<ProgramRunner> | undefined;
let results: Promise<void> = Promise.resolve();

const decode = async ({ file, sha256, view }: FeatureJob): Promise<Uint8Array | string> => {
  try {
    const input = await readVerified(file, sha256);
    if (input === undefined) return 'it has changed since it was scanned';
    return await decodeImage(input, preprocessing, view);
  } catch (error) {
    const known = RegraftError.isInstance(error) ? String(error.details.reason) : fileProblem(error)?.detail;
    if (known === undefined) throw error;
    return known;
  }
};

const answer = async (id: number, pixels: Uint8Array | string): Promise<void> => {
  const reply = (result: FeatureResult, transfer: ArrayBuffer[] = []): void =>
    port.postMessage(result, transfer);
  if (typeof pixels === 'string') return reply({ id, unreadable: pixels });
  const values = await passGate(gate, async () => {
    runner ??= createRunner(program, table);
    return (await runner)(pixels);
  });
  if (values) reply({ id, values }, [values.buffer as ArrayBuffer]);
};

/** Every image is decoded as soon as it comes, ahead of the trunk, which takes them one by one. */
port.on('message', (request: WorkerRequest) => {
  if (request === 'stop') return port.close();
  const pixels = decode(request);
  results = Promise.all([pixels, results]).then(([decoded]) => answer(request.id, decoded));
});
