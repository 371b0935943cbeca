import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { compileInference } from '../executors/compile-inference.js';
import { readTfjsLayers } from '../formats/tfjs-layers/read-tfjs-layers.js';
import { inferShapes } from '../network/infer-shapes.js';
import type { Network } from '../network/network.js';
import { networkBuilder } from '../testing/network-builder.js';
import { opCases } from '../testing/op-cases.js';
import { randomNetwork } from '../testing/random-network.js';
import { relativeDifference } from '../testing/relative-difference.js';
import { seededValues } from '../testing/seeded-values.js';
import { useBackend } from '../testing/use-backend.js';
import { fromLayersModel } from './from-layers-model.js';
import { layersArtifacts } from './layers-artifacts.js';

beforeAll(() => useBackend('cpu'));

const inputShape = ({ nodes }: Network): readonly number[] =>
  nodes.find((node) => node.op === 'input')!.shape;

const images = (network: Network): tf.Tensor => {
  const shape = [2, ...inputShape(network)];
  return tf.tensor(seededValues(tf.util.sizeFromShape(shape), 11, -4, 4), shape);
};

const runNetwork = (network: Network): Float32Array => {
  const executor = compileInference(network);
  const output = tf.tidy(() => Float32Array.from(executor.run(images(network)).dataSync()));
  executor.dispose();
  return output;
};

const runModel = (model: tf.LayersModel, network: Network): Float32Array =>
  tf.tidy(() => Float32Array.from((model.predict(images(network)) as tf.Tensor).dataSync()));

/** What a tfjs user without Regraft does with the two files. */
const loadPlainly = (network: Network): Promise<tf.LayersModel> => {
  const { modelJson, weights } = layersArtifacts(network);
  const { format, modelTopology, weightsManifest } = JSON.parse(modelJson) as tf.io.ModelJSON;
  return tf.loadLayersModel(
    tf.io.fromMemory({
      ...(format !== undefined && { format }),
      modelTopology,
      weightSpecs: weightsManifest.flatMap((group) => group.weights),
      weightData: new Uint8Array(weights).buffer,
    }),
  );
};

const readBack = (network: Network): Network => {
  const { modelJson, weights } = layersArtifacts(network);
  return readTfjsLayers(JSON.parse(modelJson), weights).network;
};

const expectRoundTrips = async (network: Network): Promise<void> => {
  const expected = runNetwork(network);
  const model = await loadPlainly(network);
  expect(model.outputShape).toEqual([null, ...inferShapes(network).get(network.output)!]);
  expect(relativeDifference(runModel(model, network), expected)).toBeLessThanOrEqual(1e-5);
  expect(relativeDifference(runNetwork(fromLayersModel(model)), expected)).toBeLessThanOrEqual(1e-5);
  model.dispose();
  expect(readBack(network)).toEqual(network);
};

/** Padding wider than half the window, which no Keras pool can have. */
const inexpressible = ({ network, op }: { network: Network; op: string }): boolean =>
  op.endsWith('-pool') && network.nodes.some((node) => 'size' in node && typeof node.padding === 'object');

const cases = opCases();

test.each(cases.filter((entry) => !inexpressible(entry)))(
  '$name: plain tfjs gives the same outputs',
  ({ network }) => expectRoundTrips(network),
);

test.each(cases.filter(inexpressible))('$name: padding no Keras pool has is refused', ({ network }) => {
  expect(() => layersArtifacts(network)).toThrow(/pad by half their window/);
});

test.each([
  { top: 1, bottom: 1, left: 1, right: 1 },
  { top: 0, bottom: 1, left: 1, right: 0 },
  { top: 0, bottom: 0, left: 0, right: 0 },
])('pools padded by $top $bottom $left $right', async (padding) => {
  for (const op of ['max-pool', 'average-pool'] as const) {
    const builder = networkBuilder([7, 8, 2]);
    const pooled = builder.pool(op, builder.input, { kernel: [3, 3], strides: [2, 2], padding });
    await expectRoundTrips(builder.finish(pooled));
  }
});

test('random networks: same outputs in plain tfjs, the same network back', async () => {
  await fc.assert(fc.asyncProperty(randomNetwork, expectRoundTrips), { numRuns: 40 });
}, 120_000);
