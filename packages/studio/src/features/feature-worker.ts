import { parentPort, workerData } from 'node:worker_threads';
import { RegraftError } from '@regraft/errors';
import { decodeImage } from '../data/decode-image.js';
import { fileProblem } from '../data/file-problem.js';
import { readVerified } from '../data/read-verified.js';
import { loadSharp } from '../data/sharp.js';
import { normaliseByTable } from './normalise-by-table.js';
import { createRunner } from './run-program.js';
import { passGate } from './trunk-gate.js';
import type { FeatureJob, FeatureResult, ImageStart, WorkerRequest, WorkerSetup } from './worker-messages.js';

const { program, preprocessing, table, gate }: WorkerSetup = workerData;
const port = parentPort!;
(await loadSharp()).concurrency(1);

const run = createRunner(program);
/** The image that is in the trunk: one at a time. */
const pixelValues = new Float32Array(program[0]!.inputShape.reduce((product, length) => product * length, 1));
let results: Promise<void> = Promise.resolve();

const decode = async ({ file, sha256, view }: ImageStart): Promise<Uint8Array | string> => {
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

const answer = async ({ id, start, keep }: FeatureJob, pixels: Uint8Array | string | null): Promise<void> => {
  const reply = (result: FeatureResult, transfer: ArrayBuffer[] = []): void =>
    port.postMessage(result, transfer);
  if (typeof pixels === 'string') return reply({ id, unreadable: pixels });
  const rows = await passGate(gate, async () => {
    if ('segment' in start) return run(start.values, start.segment, keep);
    normaliseByTable(pixels!, table, pixelValues);
    return run(pixelValues, 0, keep);
  });
  if (rows)
    reply(
      { id, rows },
      rows.map(({ buffer }) => buffer),
    );
};

/** Every image is decoded as soon as it comes, ahead of the trunk, which takes them one by one. */
port.on('message', (request: WorkerRequest) => {
  if (request === 'stop') return port.close();
  const pixels = 'file' in request.start ? decode(request.start) : null;
  results = Promise.all([pixels, results]).then(([decoded]) => answer(request, decoded));
});
