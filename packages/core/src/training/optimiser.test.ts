import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBackend } from '../testing/use-backend.js';
import { adamW, type Optimiser, type OptimiserState, sgd } from './optimiser.js';

const reference = JSON.parse(
  readFileSync(new URL('../../scripts/optimiser-reference.json', import.meta.url), 'utf8'),
) as { rates: number[]; decays: number[]; start: number[]; adamw: number[][]; sgd: number[][] };

const layout = { rates: Float32Array.from(reference.rates), decays: Float32Array.from(reference.decays) };
const create = {
  adamw: (state?: OptimiserState) => adamW(layout, { weightDecay: 0.1 }, state),
  sgd: (state?: OptimiserState) => sgd(layout, { weightDecay: 0.1, momentum: 0.9 }, state),
};

/** One step on the function of optimiser-reference.py. */
const step = (optimiser: Optimiser, parameters: Float32Array, at: number): Float32Array => {
  const slope = parameters.map((value, index) => value * [1, 2, 0.3, 5][index]! + Math.sin(at + index));
  const result = tf.tidy(() =>
    optimiser.update(tf.tensor1d(parameters), tf.tensor1d(slope), optimiser.beginStep(0.1 / (1 + at))),
  );
  const values = Float32Array.from(result.dataSync());
  result.dispose();
  return values;
};

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  test.each(['adamw', 'sgd'] as const)('%s takes the steps of NumPy', (name) => {
    const optimiser = create[name]();
    let parameters = Float32Array.from(reference.start);
    for (const [at, expected] of reference[name].entries()) {
      parameters = step(optimiser, parameters, at) as typeof parameters;
      for (const [index, value] of expected.entries()) expect(parameters[index]).toBeCloseTo(value, 5);
    }
    optimiser.dispose();
  });

  test.each(['adamw', 'sgd'] as const)(
    '%s goes on from its state as if never stopped, bit for bit',
    async (name) => {
      const tensors = tf.memory().numTensors;
      const whole = create[name]();
      let parameters: Float32Array = Float32Array.from(reference.start);
      for (let at = 0; at < 5; at++) parameters = step(whole, parameters, at);
      const resumed = create[name](await whole.readState());
      let other = parameters;
      for (let at = 5; at < 10; at++) {
        parameters = step(whole, parameters, at);
        other = step(resumed, other, at);
      }
      expect([...other]).toEqual([...parameters]);
      whole.dispose();
      resumed.dispose();
      expect(tf.memory().numTensors).toBe(tensors);
    },
  );
});
