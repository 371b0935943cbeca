import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBackend } from '../testing/use-backend.js';
import { createParameterVector } from './parameter-vector.js';
import { createWeightAverage } from './weight-average.js';

describe.each(['cpu', 'wasm'] as const)('a weight average on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  const createVector = () => {
    const variable = (values: tf.TensorLike): tf.Variable => tf.tidy(() => tf.variable(tf.tensor(values)));
    const variables = new Map([
      ['kernel', variable([[1, 2]])],
      ['bias', variable([10])],
    ]);
    return { variables, vector: createParameterVector(variables, new Map()) };
  };
  const names = ['kernel', 'bias'];

  test('has the closed form of an exponential average whose decay warms up', async () => {
    const tensors = tf.memory().numTensors;
    const { variables, vector } = createVector();
    const average = createWeightAverage(vector, names, 0.3);
    // Decays 1/10, 2/11, 3/12, then 0.3: the weights of the start and of each value since.
    const decays = [1 / 10, 2 / 11, 3 / 12, 0.3, 0.3];
    for (const value of [1, 2, 3, 4, 5]) {
      tf.tidy(() => vector.values.assign(tf.tensor1d([1, 2, value])));
      average.update();
    }
    const expected = [1, 2, 3, 4, 5].reduce(
      (sum, value, index) =>
        sum +
        value * (1 - decays[index]!) * decays.slice(index + 1).reduce((product, decay) => product * decay, 1),
      10 * decays.reduce((product, decay) => product * decay, 1),
    );
    const { steps, weights } = await average.read();
    expect(steps).toBe(5);
    expect(weights.get('bias')!.data[0]).toBeCloseTo(expected, 5);
    expect(weights.get('kernel')).toEqual({ shape: [1, 2], data: Float32Array.of(1, 2) });
    average.dispose();
    vector.dispose();
    for (const variable of variables.values()) variable.dispose();
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('goes on where it was read, with a variable that joins as it is', async () => {
    const { variables, vector } = createVector();
    const state = { steps: 90, weights: new Map([['bias', { shape: [1], data: Float32Array.of(20) }]]) };
    const average = createWeightAverage(vector, names, 0.999, state);
    average.update();
    const { steps, weights } = await average.read();
    expect(steps).toBe(91);
    expect(weights.get('bias')!.data[0]).toBeCloseTo(20 * 0.91 + 10 * 0.09, 5);
    expect([...weights.get('kernel')!.data]).toEqual([1, 2]);
    average.dispose();
    vector.dispose();
    for (const variable of variables.values()) variable.dispose();
  });
});
