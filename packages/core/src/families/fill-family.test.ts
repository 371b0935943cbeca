import { RegraftError } from '@regraft/errors';
import { expect, test } from 'vitest';
import { inferShapes } from '../network/infer-shapes.js';
import type { Network, Weight } from '../network/network.js';
import { validateNetwork } from '../network/validate-network.js';
import { stateDictOf } from '../testing/state-dict-of.js';
import { families } from './families.js';
import { fillFamily } from './fill-family.js';

const family = families['mobilenet-v2']!;
const hyperParameters = { alpha: 0.35, variant: 'torchvision', classes: 4 };
const torchvision = family.dialects.find(({ id }) => id === 'torchvision')!;
const stateDict = stateDictOf(family, hyperParameters, torchvision);

const changed = (change: (stateDict: Map<string, Weight>) => void): Map<string, Weight> => {
  const copy = new Map(stateDict);
  change(copy);
  return copy;
};

const failure = (fill: () => unknown): RegraftError => {
  try {
    fill();
  } catch (error) {
    if (error instanceof RegraftError) return error;
    throw error;
  }
  throw new Error('It was filled.');
};

const at = ({ weights }: Network, name: string, ...index: number[]): number => {
  const { shape, data } = weights.get(name)!;
  return data[index.reduce((position, value, axis) => position * shape[axis]! + value, 0)]!;
};

test('every weight comes over in its own layout', () => {
  const { network, dialect, warnings } = fillFamily(family, hyperParameters, stateDict);
  validateNetwork(network);
  expect(dialect.id).toBe('torchvision');
  expect(warnings).toEqual([]);
  const stem = stateDict.get('features.0.0.weight')!;
  const depthwise = stateDict.get('features.2.conv.1.0.weight')!;
  const dense = stateDict.get('classifier.1.weight')!;
  expect(at(network, 'Conv1/kernel', 2, 1, 0, 5)).toBe(stem.data[((5 * 3 + 0) * 3 + 2) * 3 + 1]);
  expect(at(network, 'block_1_depthwise/depthwise_kernel', 0, 2, 7, 0)).toBe(depthwise.data[7 * 9 + 2]);
  expect(at(network, 'predictions/kernel', 11, 3)).toBe(dense.data[3 * 1280 + 11]);
  expect(network.weights.get('Conv_1_bn/moving_variance')).toEqual(
    stateDict.get('features.18.1.running_var'),
  );
});

test('missing weights are an error that names them', () => {
  const missing = ['features.0.0.weight', 'features.9.conv.3.running_var'];
  const error = failure(() =>
    fillFamily(
      family,
      hyperParameters,
      changed((copy) => missing.forEach((name) => void copy.delete(name))),
    ),
  );
  expect(error).toMatchObject({ code: 'weights-mismatch', details: { missing } });
  expect(error.message).toContain('features.0.0.weight, features.9.conv.3.running_var');
});

test('a missing classifier is missing, unless it is not wanted', () => {
  const headless = changed((copy) => {
    copy.delete('classifier.1.weight');
    copy.delete('classifier.1.bias');
  });
  expect(failure(() => fillFamily(family, hyperParameters, headless)).message).toContain(
    'classifier.1.weight',
  );
  const { network } = fillFamily(family, { ...hyperParameters, classes: undefined }, headless);
  expect(inferShapes(network).get(network.output)).toEqual([1280]);
});

test('a wrong shape is an error with both shapes', () => {
  const name = 'features.18.0.weight';
  const wrong = { shape: [1280, 111, 1, 1], data: new Float32Array(1280 * 111) };
  const error = failure(() =>
    fillFamily(
      family,
      hyperParameters,
      changed((copy) => void copy.set(name, wrong)),
    ),
  );
  expect(error.code).toBe('weights-mismatch');
  expect(error.message).toMatch(
    /"features\.18\.0\.weight" of shape \[1280, 112, 1, 1\].*\[1280, 111, 1, 1\]/,
  );
});

test('weights without a place are a warning, bookkeeping is not', () => {
  const more = changed((copy) => {
    const one = { shape: [1], data: Float32Array.of(1) };
    copy.set('ssd.head.weight', one);
    copy.set('features.0.1.num_batches_tracked', one);
  });
  const { warnings } = fillFamily(family, hyperParameters, more);
  expect(warnings).toEqual(['MobileNet v2 has no place for 1 of the weights: ssd.head.weight']);
});

test('another number of classes drops the classifier by its name', () => {
  const { network, warnings } = fillFamily(family, hyperParameters, stateDict, { classes: 7 });
  validateNetwork(network);
  expect(inferShapes(network).get(network.output)).toEqual([7]);
  expect(network.weights.get('predictions/kernel')!.data.every((value) => value === 0)).toBe(true);
  expect(warnings).toEqual(['The classifier for 7 classes is blank: the weights have 4.']);
  const same = fillFamily(family, hyperParameters, stateDict, { classes: 4 });
  expect(same.network.weights).toEqual(fillFamily(family, hyperParameters, stateDict).network.weights);
});

test('no classes leave the classifier out without a word', () => {
  const { network, warnings } = fillFamily(family, hyperParameters, stateDict, { classes: null });
  validateNetwork(network);
  expect(warnings).toEqual([]);
  expect(network.weights.has('predictions/kernel')).toBe(false);
});

test('one input channel gets the sum over red, green and blue', () => {
  const rgb = fillFamily(family, hyperParameters, stateDict).network;
  const { network } = fillFamily(family, hyperParameters, stateDict, { inputChannels: 1 });
  validateNetwork(network);
  const sum = [0, 1, 2].reduce((total, channel) => total + at(rgb, 'Conv1/kernel', 1, 2, channel, 6), 0);
  expect(at(network, 'Conv1/kernel', 1, 2, 0, 6)).toBeCloseTo(sum, 6);
});

test('n input channels repeat the three, scaled so that grey gives the same features', () => {
  const rgb = fillFamily(family, hyperParameters, stateDict).network;
  const { network } = fillFamily(family, hyperParameters, stateDict, { inputChannels: 5 });
  expect(network.nodes[0]).toMatchObject({ shape: [224, 224, 5] });
  expect(at(network, 'Conv1/kernel', 0, 1, 4, 2)).toBeCloseTo(
    (at(rgb, 'Conv1/kernel', 0, 1, 1, 2) * 3) / 5,
    6,
  );
});

test('weights for other than three channels are not adapted', () => {
  const grey = { ...hyperParameters, inputChannels: 2 };
  const error = failure(() =>
    fillFamily(family, grey, stateDictOf(family, grey, torchvision), { inputChannels: 3 }),
  );
  expect(error.code).toBe('weights-mismatch');
});
