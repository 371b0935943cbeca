import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { compileTrainable } from '../executors/compile-trainable.js';
import { networkToOnnx } from '../executors/network-to-onnx.js';
import { families } from '../families/families.js';
import { cutNetwork } from '../network/cut-network.js';
import type { Network } from '../network/network.js';
import { nodeWeights } from '../network/node-weights.js';
import { formulaImage } from '../testing/formula-image.js';
import { npmWeightSource } from '../testing/npm-weight-source.js';
import { referenceRun } from '../testing/reference-run.js';
import { relativeDifference } from '../testing/relative-difference.js';
import { runNetwork } from '../testing/run-network.js';
import { runOnnx } from '../testing/run-onnx.js';
import { trainedLikeWeights } from '../testing/trained-like-weights.js';
import { useBackend } from '../testing/use-backend.js';
import type { Backbone } from './backbone.js';
import { backboneFromNetwork } from './backbone-from-network.js';
import type { BackboneSpec } from './backbone-spec.js';
import { catalogue } from './catalogue.js';
import { loadBackbone } from './load-backbone.js';

/** Small enough for the cpu backend to be quick. */
const side = 96;
const tolerance = 1e-4;

/** An entry at the small size: with its own weights if they are installed, else its family with seeded ones. */
const smallBackbone = (spec: BackboneSpec): Promise<Backbone> => {
  const preprocessing = { ...spec.preprocessing, size: [side, side] as [number, number] };
  const small = { ...spec, preprocessing };
  if (spec.source.kind === 'npm') return loadBackbone(small, { source: npmWeightSource });
  if (!('family' in spec.reader)) throw new Error(`${spec.id} has neither weights nor a family here.`);
  const { family, hyperParameters } = spec.reader;
  const network = trainedLikeWeights(families[family]!.build(hyperParameters));
  return backboneFromNetwork(small, { network, warnings: [] });
};

const shapeOf = ({ nodes }: Network) => nodes.find((node) => node.op === 'input')!.shape;

/** The output for one input, read out of a function from a batch to a batch. */
const runOnce = (network: Network, values: Float32Array, run: (batch: tf.Tensor) => tf.Tensor) => {
  const batch = tf.tensor(values, [1, ...shapeOf(network)]);
  const output = run(batch);
  const result = Float32Array.from(output.dataSync());
  tf.dispose([batch, output]);
  return result;
};

const runTrainable = (network: Network, values: Float32Array, trainable: ReadonlySet<string>) => {
  const executor = compileTrainable(network, { trainable });
  const result = runOnce(network, values, (batch) => executor.run(batch));
  executor.dispose();
  return result;
};

/** Runs a network through every executor on every backend, and holds each to plain ops on the cpu backend. */
const expectAgreement = async (network: Network, values: Float32Array): Promise<Float32Array> => {
  await useBackend('cpu');
  const expected = runOnce(network, values, (batch) => referenceRun(network, batch));
  const differences: Record<string, number> = {};
  const compare = (name: string, actual: Float32Array) => {
    differences[name] = relativeDifference(actual, expected);
  };
  const weights = network.nodes.flatMap(nodeWeights);
  const all = new Set(weights.filter(({ trainable }) => trainable).map(({ name }) => name));
  for (const backend of ['cpu', 'wasm'] as const) {
    await useBackend(backend);
    compare(`inference on ${backend}`, runNetwork(network, values));
    compare(`trainable on ${backend}, all frozen`, runTrainable(network, values, new Set()));
    compare(`trainable on ${backend}, none frozen`, runTrainable(network, values, all));
  }
  compare('onnxruntime', (await runOnnx(networkToOnnx(network), values, [1, ...shapeOf(network)])).data);
  expect(Object.entries(differences).filter(([, difference]) => !(difference <= tolerance))).toEqual([]);
  return expected;
};

describe.each(catalogue)('$id', (spec) => {
  test('gives the same features and logits through every executor', async () => {
    const { network, classifier } = await smallBackbone(spec);
    const image = formulaImage(side, side);
    const features = await expectAgreement(network, image);
    expect(relativeDifference(runNetwork(network, image.toReversed()), features)).toBeGreaterThan(
      100 * tolerance,
    );
    if (classifier === undefined) return;
    const logits = cutNetwork(classifier, classifier.nodes.at(-2)!.name).trunk;
    await expectAgreement(logits, features);
  });
});
