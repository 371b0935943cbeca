import type { Dialect } from '../families/dialect.js';
import type { Family, HyperParameters } from '../families/family.js';
import { originShape, weightRules } from '../families/weight-rules.js';
import type { Weight } from '../network/network.js';
import { sizeOf } from '../network/size-of.js';
import { seededValues } from './seeded-values.js';

/** A state dict with seeded values, named and laid out as a dialect does. */
export const stateDictOf = (
  family: Family,
  hyperParameters: HyperParameters,
  dialect: Dialect = family.dialects[0],
): Map<string, Weight> =>
  new Map(
    weightRules(family.blueprint(hyperParameters), dialect).map((rule, index) => {
      const shape = originShape(rule);
      return [rule.from, { shape, data: seededValues(sizeOf(shape), index + 1) }];
    }),
  );
