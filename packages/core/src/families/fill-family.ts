import { RegraftError } from '@regraft/errors';
import { listSome } from '../formats/list-some.js';
import type { StateDict } from '../formats/state-dict.js';
import type { Network, Weight } from '../network/network.js';
import { formatShape } from '../network/network-error.js';
import { permuteWeight } from '../network/permute-weight.js';
import { adaptInputKernel } from './adapt-input-kernel.js';
import { blankWeight } from './blueprint.js';
import type { Dialect } from './dialect.js';
import type { Family, HyperParameters } from './family.js';
import { isBookkeeping } from './weight-convention.js';
import { originShape, type WeightRule, weightRules } from './weight-rules.js';

export interface FillOptions {
  /** Another number of classes than the weights have: their classifier is dropped; null for none at all. */
  readonly classes?: number | null;
  /** Another number of input channels than the weights have: the first kernel is adapted. */
  readonly inputChannels?: number;
}

export interface FilledFamily {
  readonly network: Network;
  /** The dialect that the state dict speaks. */
  readonly dialect: Dialect;
  readonly warnings: readonly string[];
}

/** The dialect that knows the most of the state dict's names. */
const recogniseDialect = (
  family: Family,
  hyperParameters: HyperParameters,
  stateDict: StateDict,
): Dialect => {
  const blueprint = family.blueprint(hyperParameters);
  const known = (dialect: Dialect): number =>
    weightRules(blueprint, dialect).filter(({ from }) => stateDict.has(from)).length;
  return family.dialects.reduce((best, dialect) => (known(dialect) > known(best) ? dialect : best));
};

const takeWeights = (
  family: Family,
  rules: readonly WeightRule[],
  stateDict: StateDict,
): Map<string, Weight> => {
  const missing = rules.filter(({ from }) => !stateDict.has(from)).map(({ from }) => from);
  if (missing.length > 0) {
    throw new RegraftError({
      code: 'weights-mismatch',
      message: `${family.title} must get ${rules.length} weights. Received: none for ${missing.length} of them: ${listSome(missing, 5)}`,
      hint: 'Check that the weights are whole and of this architecture.',
      details: { missing, found: [...stateDict.keys()] },
    });
  }
  const weights = new Map<string, Weight>();
  for (const rule of rules) {
    const weight = stateDict.get(rule.from)!;
    const expected = formatShape(originShape(rule));
    if (formatShape(weight.shape) !== expected) {
      throw new RegraftError({
        code: 'weights-mismatch',
        message: `${family.title} must get "${rule.from}" of shape ${expected}. Received: shape ${formatShape(weight.shape)}`,
        hint: 'Check the hyper-parameters: the weights may be of another width or variant.',
        details: { name: rule.from, expected: originShape(rule), received: weight.shape },
      });
    }
    weights.set(rule.to, permuteWeight(weight, rule.permutation));
  }
  return weights;
};

/** State-dict names that no rule takes, the classifier's and PyTorch's bookkeeping aside. */
const findUnexpected = (
  { classifierLayer }: Family,
  { layerName }: Dialect,
  rules: readonly WeightRule[],
  stateDict: StateDict,
): string[] => {
  const expected = new Set(rules.map(({ from }) => from));
  const classifier = layerName(classifierLayer);
  const isClassifier = (name: string): boolean =>
    name.startsWith(`${classifier}.`) || name.startsWith(`${classifier}/`);
  return [...stateDict.keys()].filter(
    (name) => !expected.has(name) && !isClassifier(name) && !isBookkeeping(name),
  );
};

/**
 * A family's network with the weights of a state dict. `hyperParameters` describe the weights; `options` say what is
 * wanted otherwise, and are met as timm does: for another number of classes the classifier is dropped by its name
 * and left blank, for other input channels the first kernel is adapted. A missing weight or a wrong shape is
 * `weights-mismatch`, a weight the family has no place for a warning.
 *
 * @example const { network } = fillFamily(families['mobilenet-v2'], { alpha: 1, classes: 1000 }, stateDict, { classes: 3 });
 */
export const fillFamily = (
  family: Family,
  hyperParameters: HyperParameters,
  stateDict: StateDict,
  { classes, inputChannels }: FillOptions = {},
): FilledFamily => {
  const stored = family.resolve(hyperParameters);
  const wanted = {
    ...stored,
    classes: classes === undefined ? stored.classes : (classes ?? undefined),
    inputChannels: inputChannels ?? stored.inputChannels,
  };
  const dialect = recogniseDialect(family, stored, stateDict);
  const keepsClassifier = wanted.classes === stored.classes;
  const rules = weightRules(family.blueprint(stored), dialect).filter(
    ({ layer }) => keepsClassifier || layer !== family.classifierLayer,
  );
  const taken = takeWeights(family, rules, stateDict);
  const blueprint = family.blueprint(wanted);
  const fill = ({ to, layer, shape, role }: WeightRule): Weight => {
    const weight = taken.get(to);
    if (weight === undefined) return blankWeight(shape, role);
    const isAdapted = layer === family.inputLayer && wanted.inputChannels !== stored.inputChannels;
    return isAdapted ? adaptInputKernel(weight, wanted.inputChannels) : weight;
  };
  const unexpected = findUnexpected(family, dialect, rules, stateDict);
  const { name, nodes, output } = blueprint;
  return {
    network: {
      name,
      nodes,
      output,
      weights: new Map(weightRules(blueprint, dialect).map((rule) => [rule.to, fill(rule)])),
    },
    dialect,
    warnings: [
      ...(unexpected.length > 0
        ? [`${family.title} has no place for ${unexpected.length} of the weights: ${listSome(unexpected, 5)}`]
        : []),
      ...(!keepsClassifier && wanted.classes !== undefined
        ? [
            `The classifier for ${wanted.classes} classes is blank: the weights have ${stored.classes ?? 'none'}.`,
          ]
        : []),
    ],
  };
};
