import { test } from 'vitest';
import { expectClose } from '../testing/expect-close.js';
import { statisticsReference } from '../testing/statistics-reference.js';
import { studentQuantile, studentTwoSided } from './student.js';

test.each(statisticsReference.distributions.student)(
  'beyond %d with %d degrees of freedom',
  (t, degrees, risk) => {
    expectClose(studentTwoSided(t, degrees), risk);
    expectClose(studentQuantile(risk, degrees), t, 1e-9);
  },
);
