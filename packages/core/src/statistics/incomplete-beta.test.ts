import { test } from 'vitest';
import { expectClose } from '../testing/expect-close.js';
import { statisticsReference } from '../testing/statistics-reference.js';
import { incompleteBeta } from './incomplete-beta.js';

test.each(statisticsReference.distributions.beta)("SciPy's at %d for %d and %d", (x, a, b, value) => {
  expectClose(incompleteBeta(x, a, b), value);
});
