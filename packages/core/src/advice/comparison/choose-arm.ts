import { RegraftError } from '@regraft/errors';
import { z } from 'zod';
import { holm } from './holm.js';
import { type PairedDifference, pairedDifference, pairedDifferenceSchema } from './paired-difference.js';

/** What one recipe did on the validation examples that all arms share. */
export interface ArmOutcome {
  readonly name: string;
  /** What training it took. */
  readonly seconds: number;
  /** Its place from the shallowest (fewest trained blocks) to the deepest. */
  readonly depth: number;
  /** 1 where it is right and 0 where it is wrong, for each example; one list a seed. */
  readonly correct: readonly ArrayLike<number>[];
  /** -log of the probability of the label, for each example; one list a seed. `lowest-loss` goes by it. */
  readonly loss?: readonly ArrayLike<number>[];
}

export const armRuleSchema = z.enum(['one-standard-error', 'margin', 'no-evidence', 'lowest-loss']);

/** When an arm ties with the best; `chooseArm` describes the rules. */
export type ArmRule = z.infer<typeof armRuleSchema>;

export const armChoiceSchema = z.object({
  chosen: z.string(),
  /** The arm of the highest accuracy, or by `lowest-loss` that of the lowest loss; the shallower and cheaper of equals. */
  best: z.string(),
  /** `best`: nothing shallower or cheaper ties with it; `tie`: the chosen one does. */
  reason: z.enum(['best', 'tie']),
  rule: armRuleSchema,
  margin: z.number().nonnegative(),
  arms: z.array(
    z.object({
      name: z.string(),
      /** Mean over seeds. */
      accuracy: z.number(),
      /** Whether the rule lets it stand in for the best. */
      tiesWithBest: z.boolean(),
      /** Its accuracy minus the chosen arm's; null for the chosen. */
      difference: pairedDifferenceSchema.nullable(),
      /** By Holm's correction over all arms but the chosen; null for the chosen. */
      adjustedP: z.number().nullable(),
      /** Against the chosen arm, at 5 % over all arms together. */
      verdict: z.enum(['chosen', 'better', 'worse', 'no-evidence']),
    }),
  ),
});

export type ArmChoice = z.infer<typeof armChoiceSchema>;

export interface ChooseArmOptions {
  readonly rule?: ArmRule | undefined;
  /** The largest difference of accuracies that counts as none, for the first two rules. 0.01 by default. */
  readonly margin?: number | undefined;
}

const level = 0.05;

/** Accuracies that differ by rounding alone are equal. */
const rounding = 1e-12;

const meanOf = (lists: readonly ArrayLike<number>[]): number => {
  let total = 0;
  for (const list of lists) for (let index = 0; index < list.length; index++) total += list[index]!;
  return total / (lists.length * lists[0]!.length);
};

/** What a rule calls an arm the best by: the higher the better. */
const meritOf = ({ name, correct, loss }: ArmOutcome, rule: ArmRule): number => {
  if (rule !== 'lowest-loss') return meanOf(correct);
  if (loss) return -meanOf(loss);
  throw new RegraftError({
    code: 'data-invalid',
    message: `A choice by the lowest loss needs the losses of every arm. Received: none of ${name}.`,
    hint: 'Give `loss` beside `correct`, or choose by another rule.',
  });
};

const requireArms = (arms: readonly ArmOutcome[]): void => {
  const names = new Set(arms.map(({ name }) => name));
  if (arms.length > 0 && names.size === arms.length) return;
  throw new RegraftError({
    code: 'data-invalid',
    message: `A choice needs one arm or more, each of another name. Received: ${arms.length === 0 ? 'none' : arms.map(({ name }) => name).join(', ')}.`,
    hint: 'Give every arm once, with all its seeds.',
  });
};

/** Whether arms tie with the best, from the difference of each to it (best minus arm). */
const findTies = (differences: readonly PairedDifference[], rule: ArmRule, margin: number): boolean[] => {
  if (rule === 'no-evidence') return holm(differences.map(({ p }) => p)).map((p) => p > level);
  if (rule === 'lowest-loss') return differences.map(() => false);
  return differences.map(({ value, standardError }) => {
    const allowed = rule === 'margin' ? margin : Math.min(margin, standardError);
    return value <= allowed + rounding;
  });
};

const verdictOf = (value: number, adjustedP: number): 'better' | 'worse' | 'no-evidence' => {
  if (adjustedP > level) return 'no-evidence';
  return value > 0 ? 'better' : 'worse';
};

/**
 * Recommends one of several arms: of those that tie with the most accurate the shallowest, and of equally deep ones
 * the cheapest. What ties is a matter of the rule.
 *
 * - `one-standard-error`, the default: within one standard error of the difference to the best (Breiman et al.,
 *   "Classification and regression trees", 1984), but never further than `margin`. With many examples the standard
 *   error decides, so only arms that are as good tie; with few the margin does, for then one standard error is
 *   several points and would give real accuracy away.
 * - `margin`: within `margin` of the best, whatever the noise.
 * - `no-evidence`: not shown to differ from the best at 5 % (Holm over arms). With few examples nothing is ever shown,
 *   so this is "the cheapest", and it is here for those who want to be convinced.
 * - `lowest-loss`: the arm of the lowest mean loss, and nothing ties. For a handful of examples, of which arms get as
 *   many right by chance: how sure an arm is of each tells more than whether it is right.
 *
 * Why that default: in simulated comparisons of four arms (seven patterns of true accuracies, 40, 100 and 300
 * examples) the chosen arm's true accuracy was below the best one's by 0.5 points on average and 1.7 in the worst of
 * the 21 cases, against 0.4 and 1.7 for always taking the best, 1.0 and 4.1 without the margin and 2.4 and 7.7 with
 * `no-evidence`. The arms' own verdicts are tests against the chosen arm, and "no evidence" among them is no claim that
 * two arms are equal. Throws `data-invalid`.
 *
 * @example
 * chooseArm([
 *   { name: 'head only', seconds: 4, depth: 0, correct: [headCorrect] },
 *   { name: 'from block-13', seconds: 60, depth: 1, correct: [deepCorrect] },
 * ]).chosen
 */
export const chooseArm = (
  arms: readonly ArmOutcome[],
  { rule = 'one-standard-error', margin = 0.01 }: ChooseArmOptions = {},
): ArmChoice => {
  requireArms(arms);
  const ordered = [...arms].sort((a, b) => a.depth - b.depth || a.seconds - b.seconds);
  for (const arm of ordered) pairedDifference(arm.correct, ordered[0]!.correct);
  const merits = new Map(ordered.map((arm) => [arm, meritOf(arm, rule)]));
  const highest = Math.max(...merits.values());
  const best = ordered.find((arm) => merits.get(arm)! >= highest - rounding)!;
  const others = ordered.filter((arm) => arm !== best);
  const ties = findTies(
    others.map((arm) => pairedDifference(arm.correct, best.correct)),
    rule,
    margin,
  );
  const tied = new Set([best, ...others.filter((_, index) => ties[index])]);
  const chosen = ordered.find((arm) => tied.has(arm))!;
  const rest = arms.filter((arm) => arm !== chosen);
  const differences = new Map(rest.map((arm) => [arm, pairedDifference(chosen.correct, arm.correct)]));
  const adjusted = holm(rest.map((arm) => differences.get(arm)!.p));
  return {
    chosen: chosen.name,
    best: best.name,
    reason: chosen === best ? 'best' : 'tie',
    rule,
    margin,
    arms: arms.map((arm) => {
      const difference = differences.get(arm) ?? null;
      const adjustedP = adjusted[rest.indexOf(arm)] ?? null;
      return {
        name: arm.name,
        accuracy: meanOf(arm.correct),
        tiesWithBest: tied.has(arm),
        difference,
        adjustedP,
        verdict: difference === null ? 'chosen' : verdictOf(difference.value, adjustedP!),
      };
    }),
  };
};
