import { registerWasmGradients } from '@regraft/kernels';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { cutNetwork } from '../network/cut-network.js';
import { findBoundaries } from '../network/find-boundaries.js';
import { foldBatchNorm } from '../network/fold-batch-norm.js';
import { foldZeroPad } from '../network/fold-zero-pad.js';
import { inferShapes } from '../network/infer-shapes.js';
import type { Network } from '../network/network.js';
import { nodeWeights } from '../network/node-weights.js';
import { randomNetwork } from '../testing/random-network.js';
import { referenceRun, referenceValues } from '../testing/reference-run.js';
import { relativeDifference } from '../testing/relative-difference.js';
import { runOnnx } from '../testing/run-onnx.js';
import { seededValues } from '../testing/seeded-values.js';
import { useBackend } from '../testing/use-backend.js';
import { compileInference } from './compile-inference.js';
import { compileTrainable } from './compile-trainable.js';
import { networkToOnnx } from './network-to-onnx.js';

const tolerance = 1e-4;

const batchOf = (network: Network): tf.Tensor => {
  const { shape } = network.nodes.find((node) => node.op === 'input')!;
  return tf.tensor(seededValues(2 * tf.util.sizeFromShape([...shape]), 1), [2, ...shape]);
};

const infer = (network: Network, batch: tf.Tensor): tf.Tensor => {
  const executor = compileInference(network);
  const result = executor.run(batch);
  executor.dispose();
  return result;
};

const difference = (actual: tf.Tensor, expected: tf.Tensor): number =>
  relativeDifference(actual.dataSync(), expected.dataSync());

beforeAll(async () => {
  registerWasmGradients();
  await useBackend('wasm');
});

test('inferred shapes are the shapes of the values', () => {
  fc.assert(
    fc.property(randomNetwork, (network) => {
      tf.tidy(() => {
        const shapes = inferShapes(network);
        for (const [name, value] of referenceValues(network, batchOf(network))) {
          expect(value.shape.slice(1), name).toEqual(shapes.get(name));
        }
      });
    }),
  );
});

test('trunk, then tail, equals the whole at every cut', () => {
  fc.assert(
    fc.property(randomNetwork, (network) => {
      tf.tidy(() => {
        const batch = batchOf(network);
        const whole = referenceRun(network, batch);
        for (const boundary of findBoundaries(network)) {
          const { trunk, tail } = cutNetwork(network, boundary);
          expect(difference(infer(tail, infer(trunk, batch)), whole), boundary).toBeLessThan(tolerance);
        }
      });
    }),
  );
});

test('folding batch-norm and zero-padding preserves the output', () => {
  fc.assert(
    fc.property(randomNetwork, (network) => {
      tf.tidy(() => {
        const batch = batchOf(network);
        const folded = foldZeroPad(foldBatchNorm(network));
        expect(difference(referenceRun(folded, batch), referenceRun(network, batch))).toBeLessThan(tolerance);
      });
    }),
  );
});

test('the trainable executor agrees whatever is frozen, and gives a gradient to every variable', () => {
  fc.assert(
    fc.property(randomNetwork, fc.infiniteStream(fc.boolean()), (network, coin) => {
      const names = network.nodes.flatMap((node) => nodeWeights(node).filter((weight) => weight.trainable));
      const trainable = new Set(names.map(({ name }) => name).filter(() => coin.next().value));
      tf.tidy(() => {
        const executor = compileTrainable(network, { trainable });
        const batch = batchOf(network);
        expect(difference(executor.run(batch), referenceRun(network, batch))).toBeLessThan(tolerance);
        expect(new Set(executor.variables.keys())).toEqual(trainable);
        if (trainable.size > 0) {
          const { grads } = tf.variableGrads(
            () => executor.run(batch).sum(),
            [...executor.variables.values()],
          );
          for (const grad of Object.values(grads))
            expect(Number.isFinite(grad.sum().dataSync()[0]!)).toBe(true);
        }
        executor.dispose();
      });
    }),
  );
});

test('onnxruntime agrees', async () => {
  await fc.assert(
    fc.asyncProperty(randomNetwork, async (network) => {
      const batch = batchOf(network);
      const expected = referenceRun(network, batch);
      const result = await runOnnx(networkToOnnx(network), batch.dataSync() as Float32Array, batch.shape);
      expect(result.shape).toEqual(expected.shape);
      expect(relativeDifference(result.data, expected.dataSync())).toBeLessThan(tolerance);
      tf.dispose([batch, expected]);
    }),
  );
});
