import { expect, test } from 'vitest';
import { deepModel } from '../testing/deep-model.js';
import { stationsThatFit } from './stations-that-fit.js';
import { modelChain } from './trunk-chain.js';

test('rows for later take a quarter of the cache at most, those nearest to the cut first', () => {
  const chain = modelChain(deepModel(0));
  const station = 4 * 16 * 16 * 16 * 100;
  expect(stationsThatFit(chain, 100, 4 * 3 * station)).toEqual([0, 1, 2]);
  expect(stationsThatFit(chain, 100, 4 * 3 * station - 1)).toEqual([1, 2]);
  expect(stationsThatFit(chain, 100, 0)).toEqual([]);
  expect(stationsThatFit(modelChain(deepModel(12)), 1, Infinity)).toEqual([]);
});
