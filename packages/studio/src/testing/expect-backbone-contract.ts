import {
  type Backbone,
  type BackboneSpec,
  backboneSpecSchema,
  compileInference,
  findBoundaries,
  inferShapes,
  type Network,
  parameterCount,
  validateNetwork,
} from '@regraft/core';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';

const inputOf = ({ nodes }: Network) => nodes.find(({ op }) => op === 'input');

const featuresOf = (network: Network, value: number): Float32Array => {
  const executor = compileInference(network);
  const features = tf.tidy(() => {
    const shape = executor.inputShape as [number, number, number];
    const ramp = tf.linspace(-value, value, shape[0] * shape[1] * shape[2]);
    return Float32Array.from(executor.run(ramp.reshape([1, ...shape])).dataSync());
  });
  executor.dispose();
  return features;
};

/** Holds a loaded backbone of the catalogue to its spec: shapes, sizes, blocks, preprocessing, and that it computes. */
export const expectBackboneContract = (backbone: Backbone, spec: BackboneSpec): void => {
  const { network, blocks } = backbone;
  expect(backboneSpecSchema.parse(backbone.spec)).toEqual(spec);
  expect(backbone.id).toBe(spec.id);
  expect(backbone.preprocessing).toEqual(spec.preprocessing);
  expect(backbone.warnings).toEqual([]);
  expect(backbone.sha256).toMatch(/^[0-9a-f]{64}$/);

  validateNetwork(network);
  expect(inputOf(network)).toMatchObject({ shape: [...spec.preprocessing.size, 3] });
  expect(inferShapes(network).get(network.output)).toEqual([spec.features]);
  expect(parameterCount(network)).toBe(spec.parameters);

  expect(blocks[0]!.name).toBe('stem');
  expect(blocks.flatMap(({ nodes }) => nodes).toSorted()).toEqual(
    network.nodes.map(({ name }) => name).toSorted(),
  );
  expect(findBoundaries(network)).toEqual(expect.arrayContaining(blocks.map(({ output }) => output)));
  expect(blocks.at(-1)!.output).toBe(network.output);

  if (backbone.classifier !== undefined) {
    validateNetwork(backbone.classifier);
    expect(inputOf(backbone.classifier)).toMatchObject({ shape: [spec.features] });
  }

  const features = featuresOf(network, 1);
  expect(features.every(Number.isFinite)).toBe(true);
  expect(new Set(features).size).toBeGreaterThan(spec.features / 10);
  expect(featuresOf(network, 0.5)).not.toEqual(features);
};
