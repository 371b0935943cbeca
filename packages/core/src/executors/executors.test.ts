import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inferShapes } from '../network/infer-shapes.js';
import { nodeWeights } from '../network/node-weights.js';
import { opCases } from '../testing/op-cases.js';
import { referenceRun } from '../testing/reference-run.js';
import { relativeDifference } from '../testing/relative-difference.js';
import { runOnnx } from '../testing/run-onnx.js';
import { seededValues } from '../testing/seeded-values.js';
import { useBackend } from '../testing/use-backend.js';
import { compileInference } from './compile-inference.js';
import { compileTrainable } from './compile-trainable.js';
import { inferenceOps } from './inference-ops.js';
import { networkToOnnx } from './network-to-onnx.js';
import { onnxOps } from './onnx-ops.js';
import { trainableOps } from './trainable-ops.js';

const tolerance = 1e-5;
const batchSize = 3;

const cases = await (async () => {
  await useBackend('cpu');
  return opCases().map((entry) => {
    const { shape } = entry.network.nodes.find((node) => node.op === 'input')!;
    const batchShape = [batchSize, ...shape];
    const data = seededValues(tf.util.sizeFromShape(batchShape), 7, -8, 2);
    const expected = tf.tidy(() => {
      const result = referenceRun(entry.network, tf.tensor(data, batchShape));
      return { shape: result.shape, data: Float32Array.from(result.dataSync()) };
    });
    return { ...entry, batchShape, data, expected };
  });
})();

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(() => useBackend(backend));
  afterAll(() => tf.disposeVariables());

  test.each(cases)('inference, $name', ({ network, batchShape, data, expected }) => {
    const start = tf.memory().numTensors;
    const executor = compileInference(network);
    const batch = tf.tensor(data, batchShape);
    const result = executor.run(batch);
    expect(result.shape).toEqual(expected.shape);
    expect(executor.outputShape).toEqual(inferShapes(network).get(network.output));
    expect(relativeDifference(result.dataSync(), expected.data)).toBeLessThanOrEqual(tolerance);
    executor.dispose();
    tf.dispose([batch, result]);
    expect(tf.memory().numTensors).toBe(start);
  });

  test.each(cases)('trainable, $name', async ({ network, batchShape, data, expected }) => {
    const start = tf.memory().numTensors;
    const all = network.nodes.flatMap(nodeWeights).filter(({ trainable }) => trainable);
    for (const trainable of [new Set<string>(), new Set(all.map(({ name }) => name))]) {
      const executor = compileTrainable(network, { trainable });
      const batch = tf.tensor(data, batchShape);
      const result = executor.run(batch);
      expect(result.shape).toEqual(expected.shape);
      expect(relativeDifference(result.dataSync(), expected.data)).toBeLessThanOrEqual(tolerance);
      expect(await executor.readWeights()).toEqual(network.weights);
      executor.dispose();
      tf.dispose([batch, result]);
    }
    expect(tf.memory().numTensors).toBe(start);
  });
});

test.each(cases)('onnx, $name', async ({ network, batchShape, data, expected }) => {
  const result = await runOnnx(networkToOnnx(network), data, batchShape);
  expect(result.shape).toEqual(expected.shape);
  expect(relativeDifference(result.data, expected.data)).toBeLessThanOrEqual(tolerance);
});

test('no op is without a case, and none is missing in an executor', () => {
  const covered = new Set([...cases.map(({ op }) => op), 'opaque']);
  expect(new Set(inferenceOps)).toEqual(covered);
  expect(new Set(trainableOps)).toEqual(covered);
  expect(new Set([...onnxOps, 'opaque'])).toEqual(covered);
});
