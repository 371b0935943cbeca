import { registerWasmGradients } from '@regraft/kernels';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { composeNetworks } from '../network/compose-networks.js';
import type { Network } from '../network/network.js';
import { nodeWeights } from '../network/node-weights.js';
import { networkBuilder } from '../testing/network-builder.js';
import { opCases } from '../testing/op-cases.js';
import { referenceRun } from '../testing/reference-run.js';
import { relativeDifference } from '../testing/relative-difference.js';
import { seededValues } from '../testing/seeded-values.js';
import { useBackend } from '../testing/use-backend.js';
import { compileTrainable } from './compile-trainable.js';

type Values = ReadonlyMap<string, Float32Array>;

/** The network behind a layer with weights, so that gradients have to come through its first op too. */
const withFront = (network: Network): Network => {
  const { shape } = network.nodes.find((node) => node.op === 'input')!;
  const front = networkBuilder(shape, 99, 'front-');
  const linear =
    shape.length === 3
      ? front.conv(front.input, shape[2]!, { kernel: [1, 1] })
      : front.dense(front.input, shape[0]!);
  return composeNetworks(front.finish(linear), network);
};

const trainableNames = (network: Network): Set<string> =>
  new Set(
    network.nodes.flatMap((node) => nodeWeights(node).filter((w) => w.trainable)).map(({ name }) => name),
  );

const batchOf = (network: Network): tf.Tensor => {
  const { shape } = network.nodes.find((node) => node.op === 'input')!;
  return tf.tensor(seededValues(2 * tf.util.sizeFromShape([...shape]), 3), [2, ...shape]);
};

/** Projects an output to one number with fixed coefficients. */
const project = (output: tf.Tensor): tf.Scalar =>
  output
    .mul(tf.tensor(seededValues(output.size, 5), output.shape))
    .sum()
    .asScalar();

const gradientsOf = (network: Network): Values => {
  const values = new Map<string, Float32Array>();
  tf.tidy(() => {
    const executor = compileTrainable(network, { trainable: trainableNames(network) });
    const batch = batchOf(network);
    const { grads } = tf.variableGrads(() => project(executor.run(batch)), [...executor.variables.values()]);
    for (const [name, variable] of executor.variables) {
      values.set(name, Float32Array.from(grads[variable.name]!.dataSync()));
    }
    executor.dispose();
  });
  return values;
};

/** How fast the projected reference output moves when all weights move along `direction`. */
const slopeAlong = (network: Network, direction: Values): number => {
  const step = 2.5e-4;
  const at = (distance: number): number => {
    const weights = new Map(network.weights);
    for (const [name, change] of direction) {
      const { shape, data } = weights.get(name)!;
      weights.set(name, { shape, data: data.map((value, index) => value + distance * change[index]!) });
    }
    let projected = 0;
    tf.tidy(() => {
      const output = referenceRun({ ...network, weights }, batchOf(network));
      const values = Float32Array.from(output.dataSync());
      seededValues(output.size, 5).forEach((coefficient, index) => {
        projected += coefficient * values[index]!;
      });
    });
    return projected;
  };
  return (at(step) - at(-step)) / (2 * step);
};

const cases = opCases().map(({ name, network }) => ({ name, network: withFront(network) }));
const cpuGradients = new Map<string, Values>();

beforeAll(async () => {
  registerWasmGradients();
  await useBackend('cpu');
  for (const { name, network } of cases) cpuGradients.set(name, gradientsOf(network));
});

describe('on cpu', () => {
  beforeAll(() => useBackend('cpu'));

  test.each(cases)('gradients are slopes, $name', ({ name, network }) => {
    const gradients = cpuGradients.get(name)!;
    expect(new Set(gradients.keys())).toEqual(trainableNames(network));
    for (const seed of [1, 2]) {
      const direction = new Map(
        [...gradients].map(([key, { length }], index) => [key, seededValues(length, seed * 100 + index)]),
      );
      let [slope, scale] = [0, 1e-3];
      for (const [key, gradient] of gradients) {
        gradient.forEach((value, index) => {
          slope += value * direction.get(key)![index]!;
          scale += Math.abs(value * direction.get(key)![index]!);
        });
      }
      expect(Math.abs(slope - slopeAlong(network, direction)) / scale).toBeLessThan(1e-2);
    }
  });
});

describe('on wasm', () => {
  beforeAll(() => useBackend('wasm'));

  test.each(cases)('gradients agree with the cpu backend, $name', ({ name, network }) => {
    const start = tf.memory().numTensors;
    const gradients = gradientsOf(network);
    for (const [key, expected] of cpuGradients.get(name)!) {
      expect(relativeDifference(gradients.get(key)!, expected), key).toBeLessThanOrEqual(1e-5);
    }
    expect(tf.memory().numTensors).toBe(start);
  });
});
