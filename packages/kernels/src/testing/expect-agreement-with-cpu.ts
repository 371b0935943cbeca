import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { expectClose } from './expect-close.js';
import { type KernelRun, runKernel } from './run-kernel.js';
import { useBackend } from './use-backend.js';

/** Holds the wasm backend's outputs to those of the cpu backend, and to leaving no tensor behind. */
export const expectAgreementWithCpu = async (runs: readonly KernelRun[]): Promise<void> => {
  await useBackend('cpu');
  const expected = runs.map((run) => runKernel(run));
  await useBackend('wasm');
  const { numTensors, numDataBuffers } = tf.memory();
  const dataIds = tf.backend().numDataIds();
  for (const [index, run] of runs.entries()) {
    const outputs = runKernel(run);
    expect(outputs.map(({ shape }) => shape)).toEqual(expected[index]!.map(({ shape }) => shape));
    for (const [place, { data }] of outputs.entries()) {
      expectClose(data, expected[index]![place]!.data, run);
    }
  }
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  expect(tf.backend().numDataIds()).toBe(dataIds);
};
