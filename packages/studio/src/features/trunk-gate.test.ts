import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { closeGate, createTrunkGate, drainGate, passGate } from './trunk-gate.js';

test('work passes while the gate is open, and not after', async () => {
  const gate = createTrunkGate();
  expect(await passGate(gate, async () => 7)).toBe(7);
  closeGate(gate);
  expect(await passGate(gate, async () => 7)).toBeUndefined();
});

test('work that fails leaves the gate', async () => {
  const gate = createTrunkGate();
  await expect(passGate(gate, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  drainGate(gate, 0);
  expect(gate[1]).toBe(0);
});

test('draining blocks until another thread has left, or the time is up', async () => {
  const gate = createTrunkGate();
  const worker = new Worker(
    `const { workerData: gate, parentPort } = require('node:worker_threads');
     Atomics.add(gate, 1, 1);
     parentPort.postMessage('inside');
     Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
     Atomics.sub(gate, 1, 1);
     Atomics.notify(gate, 1);`,
    { eval: true, workerData: gate },
  );
  await new Promise((resolve) => worker.once('message', resolve));
  drainGate(gate, 10);
  expect(gate[1]).toBe(1);
  drainGate(gate, 5000);
  expect([...gate]).toEqual([1, 0]);
});
