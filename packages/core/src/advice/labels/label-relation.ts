import { RegraftError } from '@regraft/errors';
import { z } from 'zod';
import { labelForms, type MatchReason, matchLabels } from './label-match.js';

const setRelationSchema = z.enum(['same', 'subset', 'superset', 'overlap', 'disjoint']);

type SetRelation = z.infer<typeof setRelationSchema>;

/** How the labels of a new data set stand to those of a version. */
export const labelRelationSchema = z.object({
  /** Of the new labels to the version's as they are written; `renamed`: the same once mapped. */
  relation: z.enum([...setRelationSchema.options, 'renamed']),
  /** The relation once every new label in `mapping` has its old name. */
  mapped: setRelationSchema,
  /** Labels of both, as they are written. */
  shared: z.array(z.string()),
  /** New labels without an old one in `mapping`. */
  added: z.array(z.string()),
  /** Old labels without a new one in `mapping`. */
  missing: z.array(z.string()),
  /** New labels that are taken for old ones, in the order of the new. A proposal, but for the identical. */
  mapping: z.array(
    z.object({
      new: z.string(),
      old: z.string(),
      reason: z.enum(['identical', 'case', 'spelling', 'plural']),
    }),
  ),
});

export type LabelRelation = z.infer<typeof labelRelationSchema>;

const relate = (both: number, onlyNew: number, onlyOld: number): SetRelation => {
  if (both === 0) return 'disjoint';
  if (onlyNew === 0) return onlyOld === 0 ? 'same' : 'subset';
  return onlyOld === 0 ? 'superset' : 'overlap';
};

const requireNames = (labels: readonly string[], whose: string): void => {
  const wrong = labels.filter((label, index) => label === '' || labels.indexOf(label) !== index);
  if (labels.length > 0 && wrong.length === 0) return;
  const received = wrong.map((label) => `"${label}"`).join(', ');
  throw new RegraftError({
    code: 'labels-mismatch',
    message: `The labels of ${whose} are names that stand once each. Received: ${labels.length === 0 ? 'none' : `${received} empty or more than once`}.`,
    hint: 'Give every class a name of its own.',
  });
};

interface Candidate {
  readonly new: string;
  readonly old: string;
  readonly reason: MatchReason;
}

const findCandidates = (newLabels: readonly string[], oldLabels: readonly string[]): Candidate[] => {
  const old = oldLabels.map(labelForms);
  return newLabels.map(labelForms).flatMap((forms) =>
    old.flatMap((other) => {
      const reason = matchLabels(forms, other);
      return reason === null ? [] : [{ new: forms.label, old: other.label, reason }];
    }),
  );
};

const countBy = (candidates: readonly Candidate[], key: 'new' | 'old'): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { [key]: label } of candidates) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
};

/**
 * How a new set's labels stand to a version's, and which of them are the same word apart from capitals, separators
 * or an English plural. A mapping is proposed only where it is the only one: a label that could be mapped in two ways,
 * or onto one that another label already matches, is left alone. Throws `labels-mismatch` for no labels, empty ones and
 * any given twice.
 *
 * @example labelRelation(['Ants', 'bee'], ['ant', 'bee']).relation // 'renamed'
 */
export const labelRelation = (newLabels: readonly string[], oldLabels: readonly string[]): LabelRelation => {
  requireNames(newLabels, 'the new set');
  requireNames(oldLabels, 'the version');
  const candidates = findCandidates(newLabels, oldLabels);
  const [ofNew, ofOld] = [countBy(candidates, 'new'), countBy(candidates, 'old')];
  const mapping = candidates.filter(
    (pair) => pair.reason === 'identical' || (ofNew.get(pair.new) === 1 && ofOld.get(pair.old) === 1),
  );
  const relateBy = (both: number): SetRelation =>
    relate(both, newLabels.length - both, oldLabels.length - both);
  const shared = newLabels.filter((label) => oldLabels.includes(label));
  const written = relateBy(shared.length);
  const mapped = relateBy(mapping.length);
  return {
    relation: mapped === 'same' && written !== 'same' ? 'renamed' : written,
    mapped,
    shared,
    added: newLabels.filter((label) => !mapping.some((pair) => pair.new === label)),
    missing: oldLabels.filter((label) => !mapping.some((pair) => pair.old === label)),
    mapping,
  };
};
