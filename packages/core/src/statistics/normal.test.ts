import { expect, test } from 'vitest';
import { expectClose } from '../testing/expect-close.js';
import { statisticsReference } from '../testing/statistics-reference.js';
import { normalDistribution, normalQuantile } from './normal.js';

test.each(statisticsReference.distributions.normal)('the share below %d, and back', (x, share) => {
  expectClose(normalDistribution(x), share, x < -7 ? 1e-8 : 1e-12);
  expect(normalQuantile(share)).toBeCloseTo(x, 6);
});
