import type { StateDict } from '../formats/state-dict.js';
import type { Dialect } from './dialect.js';
import { families } from './families.js';
import type { Family, HyperParameters } from './family.js';
import { originShape, type WeightRule, weightRules } from './weight-rules.js';

export interface DetectedFamily {
  readonly family: Family;
  readonly hyperParameters: HyperParameters;
}

interface Guess extends DetectedFamily {
  /** The part of the weights whose names are in the state dict. */
  readonly named: number;
  /** The part whose shapes agree too. */
  readonly matched: number;
}

/** The length of a weight's axis in the state dict, by the axis it is in the network. */
const storedLength = (rule: WeightRule | undefined, axis: number, stateDict: StateDict): number | undefined =>
  rule && stateDict.get(rule.from)?.shape.at(rule.permutation.at(axis)!);

const guess = (family: Family, dialect: Dialect, candidate: HyperParameters, stateDict: StateDict): Guess => {
  const basis = { ...candidate, ...dialect.hyperParameters };
  const kernelOf = (layer: string): WeightRule | undefined =>
    weightRules(family.blueprint({ ...basis, classes: 1 }), dialect).find(
      (rule) => rule.layer === layer && rule.role === 'kernel',
    );
  const hyperParameters = {
    ...basis,
    inputChannels: storedLength(kernelOf(family.inputLayer), 2, stateDict),
    classes: storedLength(kernelOf(family.classifierLayer), -1, stateDict),
  };
  const rules = weightRules(family.blueprint(hyperParameters), dialect);
  const named = rules.filter(({ from }) => stateDict.has(from));
  const matched = named.filter(
    (rule) => String(originShape(rule)) === String(stateDict.get(rule.from)!.shape),
  );
  return {
    family,
    hyperParameters,
    named: named.length / rules.length,
    matched: matched.length / rules.length,
  };
};

/** The greatest by a measure, the first of equals. */
const greatest = <Item>(items: Iterable<Item>, measure: (item: Item) => number): Item | undefined => {
  let best: Item | undefined;
  for (const item of items) {
    if (best === undefined || measure(item) > measure(best)) best = item;
  }
  return best;
};

/**
 * The family and the hyper-parameters of a state dict, by its names and then its shapes: the guess that agrees with
 * the most weights, or none where no family knows half of its names. `fillFamily` says what still differs.
 *
 * @example detectFamily(stateDict) // { family: MobileNet v2, hyperParameters: { alpha: 0.35, variant: 'keras', ... } }
 */
export const detectFamily = (stateDict: StateDict): DetectedFamily | undefined => {
  const spoken = Object.values(families).flatMap((family) =>
    family.dialects.map((dialect) => ({
      family,
      dialect,
      first: guess(family, dialect, family.candidates[0]!, stateDict),
    })),
  );
  const { family, dialect, first } = greatest(spoken, ({ first: { named } }) => named)!;
  if (first.named < 0.5) return undefined;
  const guesses = family.candidates.map((candidate) => guess(family, dialect, candidate, stateDict));
  const { hyperParameters } = greatest(guesses, ({ matched }) => matched)!;
  return { family, hyperParameters };
};
