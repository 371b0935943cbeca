import { RegraftError } from '@regraft/errors';
import * as tf from '@tensorflow/tfjs';
import type { Network } from '../network/network.js';
import { stepMemory } from './step-memory.js';

/** What engines and JavaScript say when they get no memory. */
const sayings = [
  /array buffer allocation failed/i,
  /invalid (typed )?array (buffer )?length/i,
  /could not allocate memory/i,
  /cannot enlarge memory/i,
  /out of memory/i,
  /\bOOM\b/,
  /bad_alloc/,
  /failed to allocate/i,
  // A wasm allocation that failed gives an address that nothing fits behind.
  /offset is out of bounds/i,
  /memory access out of bounds/i,
];

const isSaying = (line: string): boolean => sayings.some((saying) => saying.test(line));

/** Whether an error says that memory ran out. */
export const isAllocationFailure = (error: unknown): error is Error =>
  error instanceof Error && !RegraftError.isInstance(error) && isSaying(error.message);

/** A step that takes this share of what failed is worth a try: half the images, and the weights as before. */
const worthTrying = 0.6;

/** The batch, halved until a step should fit into `room` bytes; null if weights take too much of it. */
export const fittingBatchSize = (network: Network, batchSize: number, room: number): number | null => {
  const limit = Math.min(worthTrying * stepMemory(network, batchSize), room);
  for (let size = Math.floor(batchSize / 2); size >= 1; size = Math.floor(size / 2)) {
    if (stepMemory(network, size) <= limit) return size;
  }
  return null;
};

const formatMegabytes = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1e6))} MB`;

/** The line that says so: TensorFlow adds some about its own options. */
const sayingOf = ({ message }: Error): string =>
  message
    .split('\n')
    .find(isSaying)!
    .replace(/^Message: /, '');

/**
 * What to throw for what a step on a batch threw: `out-of-memory` if it ran out of memory, else the error itself.
 * `room` is what there was for steps before the first one.
 */
export const explainFailure = (
  error: unknown,
  network: Network,
  batchSize: number,
  room: number,
): unknown => {
  if (!isAllocationFailure(error)) return error;
  const needed = formatMegabytes(stepMemory(network, batchSize));
  const size = fittingBatchSize(network, batchSize, room);
  return new RegraftError({
    code: 'out-of-memory',
    message: `A training step must fit into memory. Received: a batch of ${batchSize}, which takes about ${needed} on the engine "${tf.getBackend()}" (${sayingOf(error)}).`,
    hint:
      size === null
        ? 'Unfreeze fewer blocks: even smaller batches take as much.'
        : `Try a batch size of ${size}, which takes about ${formatMegabytes(stepMemory(network, size))}, or unfreeze fewer blocks.`,
    details: { batchSize, suggestion: size },
    cause: error,
  });
};

/** Frees what an engine holds, as far as it still can: one that ran out of memory may have overwritten its own books. */
export const freeIfPossible = (held: { dispose(): void }): void => {
  try {
    held.dispose();
  } catch (error) {
    if (!isAllocationFailure(error)) throw error;
  }
};
