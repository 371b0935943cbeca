import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';
import type { ClassifyOptions } from '../versions/classify-images.js';
import { loadVersionModel } from '../versions/load-version-model.js';
import { compareVersions } from './compare-versions.js';
import { findTestImages } from './find-test-images.js';
import { judgeSuccessor } from './judge-successor.js';
import type { Promotion, PromotionVerdict } from './promotion.js';

export interface PromoteOptions extends ClassifyOptions {
  /** `champion` unless told. */
  readonly alias?: string;
  /** A folder or CSV of test images; without one, the test split of the current version's data. */
  readonly test?: string | undefined;
  /** The largest loss of accuracy that counts as none, as a share: 0.01 unless told. */
  readonly margin?: number;
  /** Moves the alias whatever the verdict; the history keeps why. */
  readonly force?: { readonly note: string } | undefined;
}

type Judgement = Pick<Promotion, 'verdict' | 'comparison' | 'reason'>;

const passes = (verdict: PromotionVerdict): boolean =>
  verdict === 'first' || verdict === 'not-worse' || verdict === 'no-evidence';

const sameLabels = (a: readonly string[], b: readonly string[]): boolean =>
  [...a].sort().join('\n') === [...b].sort().join('\n');

const judge = async (
  store: Store,
  [previous, version]: readonly [string | null, string],
  { test, margin = 0.01, force, ...classify }: PromoteOptions,
): Promise<Judgement> => {
  if (previous === null) return { verdict: 'first', comparison: null, reason: null };
  if (previous === version) return { verdict: 'unchanged', comparison: null, reason: null };
  const pair = [await loadVersionModel(store, previous), await loadVersionModel(store, version)] as const;
  const [current, next] = pair.map(({ model }) => model.labels) as [readonly string[], readonly string[]];
  if (!sameLabels(current, next)) {
    const reason = `${previous} knows ${current.join(', ')}; ${version} knows ${next.join(', ')}`;
    return { verdict: 'other-labels', comparison: null, reason };
  }
  try {
    const images = await findTestImages(store, pair, { test, signal: classify.signal });
    const comparison = await compareVersions(store, pair, images, classify);
    return { verdict: judgeSuccessor(comparison.difference, margin), comparison, reason: null };
  } catch (error) {
    if (!force || !RegraftError.isInstance(error) || error.code !== 'data-too-small') throw error;
    return { verdict: 'not-measured', comparison: null, reason: error.message };
  }
};

/**
 * Moves an alias to a version that is not worse than the one it stands at, measured on images that neither has learned
 * from. Where it is worse, or the two can't be compared, the alias stays (`moved` is false) unless forced. What was
 * measured is kept with the move.
 *
 * @throws RegraftError `record-not-found`, `record-conflict` where the alias was moved meanwhile, `data-too-small`
 *   where there is nothing to compare on, those of scanning
 * @example const { moved, comparison } = await promoteVersion(store, 'v3', { test: 'held-out/' });
 */
export const promoteVersion = async (
  store: Store,
  reference: string,
  options: PromoteOptions = {},
): Promise<Promotion> => {
  const { alias = 'champion', margin = 0.01, force } = options;
  const { id: version } = await store.versions.get(reference);
  const previous = (await store.aliases.list()).find(({ name }) => name === alias)?.version ?? null;
  const judgement = await judge(store, [previous, version], options);
  const allowed = passes(judgement.verdict);
  const forced = force !== undefined && !allowed && judgement.verdict !== 'unchanged';
  const moved = allowed || forced;
  if (moved) {
    await store.aliases.set(alias, version, {
      from: previous,
      ...(forced ? { note: force.note } : {}),
      evidence: { ...judgement, margin, forced },
    });
  }
  return { alias, version, previous, ...judgement, moved, forced, margin };
};
