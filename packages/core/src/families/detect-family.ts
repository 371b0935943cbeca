import type { StateDict } from '../formats/state-dict.js';
import type { Dialect } from './dialect.js';
import { families } from './families.js';
import type { Family, HyperParameters } from './family.js';
import { originShape, type WeightRule, weightRules } from './weight-rules.js';

export interface DetectedFamily {
  readonly family: Family;
  readonly hyperParameters: HyperParameters;
}

/** Input channels and classes, which are lengths of the first and the last kernel. */
const storedSizes = (family: Family, dialect: Dialect, stateDict: StateDict): HyperParameters => {
  const basis = { ...family.candidates[0], ...dialect.hyperParameters, classes: 1 };
  const rules = weightRules(family.blueprint(basis), dialect);
  const length = (wanted: string, axis: number): number | undefined => {
    const rule = rules.find(({ layer, role }) => layer === wanted && role === 'kernel')!;
    return stateDict.get(rule.from)?.shape[rule.permutation.at(axis)!] || undefined;
  };
  return { inputChannels: length(family.inputLayer, 2), classes: length(family.classifierLayer, -1) };
};

const share = <Item>(items: readonly Item[], holds: (item: Item) => boolean): number =>
  items.filter(holds).length / items.length;

interface Spoken {
  readonly family: Family;
  readonly dialect: Dialect;
  /** What the dialect and the state dict's sizes say, whatever the candidate. */
  readonly basis: HyperParameters;
  /** The part of the weights whose names are in the state dict. */
  readonly named: number;
}

/** How well each dialect of each family knows the names. */
const spokenDialects = (stateDict: StateDict): Spoken[] =>
  Object.values(families).flatMap((family) =>
    family.dialects.map((dialect) => {
      const basis = { ...dialect.hyperParameters, ...storedSizes(family, dialect, stateDict) };
      const rules = weightRules(family.blueprint({ ...family.candidates[0], ...basis }), dialect);
      return { family, dialect, basis, named: share(rules, ({ from }) => stateDict.has(from)) };
    }),
  );

/** The candidate whose shapes agree with the most weights; the first that agrees with all ends the search. */
const bestCandidate = ({ family, dialect, basis }: Spoken, stateDict: StateDict): HyperParameters => {
  const agrees = (rule: WeightRule): boolean =>
    String(originShape(rule)) === String(stateDict.get(rule.from)?.shape);
  let best = { hyperParameters: basis, matched: -1 };
  for (const candidate of family.candidates) {
    const hyperParameters = { ...candidate, ...basis };
    const matched = share(weightRules(family.blueprint(hyperParameters), dialect), agrees);
    if (matched > best.matched) best = { hyperParameters, matched };
    if (matched === 1) break;
  }
  return best.hyperParameters;
};

/**
 * The family and the hyper-parameters of a state dict, by its names and then its shapes: the guess that agrees with
 * the most weights, or none where no family knows half of its names. `fillFamily` says what still differs.
 *
 * @example detectFamily(stateDict) // { family: MobileNet v2, hyperParameters: { alpha: 0.35, variant: 'keras', ... } }
 */
export const detectFamily = (stateDict: StateDict): DetectedFamily | undefined => {
  const spoken = spokenDialects(stateDict).reduce((best, next) => (next.named > best.named ? next : best));
  if (spoken.named < 0.5) return undefined;
  return { family: spoken.family, hyperParameters: bestCandidate(spoken, stateDict) };
};
