import { compileInference, compileTrainable, type Network, networkToOnnx, nodeWeights } from '@regraft/core';
import * as tf from '@tensorflow/tfjs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect } from 'vitest';
import { useWasm } from './use-wasm.js';

type Executor = { run(batch: tf.Tensor): tf.Tensor; dispose(): void };

const runOnce = (executor: Executor, image: Float32Array, shape: readonly number[]): Float32Array => {
  const batch = tf.tensor(image, [1, ...shape]);
  const output = executor.run(batch);
  const values = Float32Array.from(output.dataSync());
  tf.dispose([batch, output]);
  executor.dispose();
  return values;
};

const runOnnx = async (network: Network, image: Float32Array, shape: readonly number[]) => {
  const session = await InferenceSession.create(networkToOnnx(network), { logSeverityLevel: 3 });
  const { output } = await session.run({ input: new Tensor('float32', image, [1, ...shape]) });
  await session.release();
  return output!.data as Float32Array;
};

/** Runs a network on one input through every executor; each keeps to the cpu backend within 1e-4 of the largest value. */
export const expectExecutorsAgree = async (network: Network, image: Float32Array): Promise<Float32Array> => {
  const trained = network.nodes.flatMap(nodeWeights).filter(({ trainable }) => trainable);
  const trainable = new Set(trained.map(({ name }) => name));
  const { shape } = network.nodes.find((node) => node.op === 'input')!;
  const results = new Map<string, Float32Array>();
  for (const backend of ['cpu', 'wasm'] as const) {
    await (backend === 'cpu' ? tf.setBackend('cpu') : useWasm());
    for (const [name, executor] of [
      ['inference', compileInference(network)],
      ['frozen', compileTrainable(network, { trainable: new Set() })],
      ['trainable', compileTrainable(network, { trainable })],
    ] as const) {
      results.set(`${name} on ${backend}`, runOnce(executor, image, shape));
    }
  }
  results.set('onnxruntime', await runOnnx(network, image, shape));
  const expected = results.get('trainable on cpu')!;
  const largest = Math.max(...expected.map(Math.abs));
  expect(largest).toBeGreaterThan(0);
  for (const [name, values] of results) {
    expect(values.length, name).toBe(expected.length);
    const differences = values.map((value, index) => Math.abs(value - expected[index]!));
    expect(Math.max(...differences) / largest, name).toBeLessThanOrEqual(1e-4);
  }
  return expected;
};
