import * as tf from '@tensorflow/tfjs';

/** Bytes that a backend can have, where it is known: wasm's addresses have 32 bits, and some room is for others. */
const backendLimits: Readonly<Record<string, number>> = { wasm: 0.75 * 2 ** 32 };

let readMemory = (): number => Infinity;

/** Tells training how to learn what bytes this process can still have; without it no limit is known. */
export const registerMemoryReader = (read: () => number): void => {
  readMemory = read;
};

/** A compiled step and the one it is compiled from take up to twice what is estimated. */
const estimable = 0.5;

/** Bytes that the estimate of a step may come to, as far as it is known what the current backend can have. */
export const memoryRoom = (): number =>
  Math.min(estimable * readMemory(), backendLimits[tf.getBackend()] ?? Infinity);
