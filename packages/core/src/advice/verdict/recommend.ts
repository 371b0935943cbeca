import { scoreInterval } from '../../evaluation/score-interval.js';
import type { PairedDifference } from '../comparison/paired-difference.js';
import type { ArmSummary } from './arm-summary.js';
import type { Evidence } from './evidence.js';
import type { Reason } from './reason.js';
import type { Action, Recommendation } from './recommendation.js';

/** With fewer images than this to compare on, no comparison says much. */
const fewestToTell = 20;
/** From so many on, a clear comparison is taken for sure. */
const enoughToBeSure = 75;
/** A gain below this is not worth collecting images for. */
const worthwhileGain = 0.02;

const isClearlyPositive = ({ low }: PairedDifference): boolean => low > 0;
const isClearlyNegative = ({ high }: PairedDifference): boolean => high < 0;

const actionOf = ({ name, blocks }: Pick<ArmSummary, 'blocks' | 'name'>): Action => {
  if (name === 'keep') return { kind: 'keep' };
  if (name === 'all') return { kind: 'all' };
  return blocks === null || blocks === 0 ? { kind: 'head-only' } : { kind: 'last', blocks };
};

/** Why the new images call for something, or don't. */
const populationReasons = ({ drift, loss }: Evidence): Reason[] => {
  const reasons: Reason[] = [];
  if (loss) reasons.push(loss.low > 0 ? { kind: 'does-worse', loss } : { kind: 'does-as-well', loss });
  if (drift) {
    const { pValue } = drift.discrepancy;
    const n = drift.sample.rows;
    reasons.push(
      drift.decision === 'drift'
        ? { kind: 'looks-different', p: pValue, n }
        : { kind: 'looks-alike', p: pValue, n, detectable: drift.detectable.shift },
    );
  }
  return reasons;
};

/** The chosen arm against what it is most naturally measured by: the version as it is, else the runner-up. */
const comparisonReasons = ({ choice }: Evidence): Reason[] => {
  if (choice === null) return [];
  const others = choice.arms.filter(({ difference }) => difference !== null);
  if (others.length === 0) return [{ kind: 'only-arm', arm: choice.chosen }];
  const byAccuracy = [...others].sort((a, b) => b.accuracy - a.accuracy);
  const rival = others.find(({ name }) => name === 'keep') ?? byAccuracy[0]!;
  // Differences of a choice are the other's minus the chosen one's.
  const { value, low, high, ...rest } = rival.difference!;
  const difference = { ...rest, value: -value, low: -high, high: -low };
  const names = { arm: choice.chosen, difference };
  return isClearlyPositive(difference)
    ? [{ kind: 'arm-better', than: rival.name, ...names }]
    : [{ kind: 'arm-ties', with: rival.name, ...names }];
};

const refereeReasons = ({ referee, arms, choice }: Evidence): Reason[] => {
  const difference = referee?.difference;
  if (!referee || !difference) return [];
  if (isClearlyNegative(difference)) return [{ kind: 'loses-to-scratch', difference }];
  if (!isClearlyPositive(difference)) return [{ kind: 'draws-with-scratch', difference }];
  const chosen = arms.find(({ name }) => name === choice?.chosen);
  const speed = referee.arm.seconds / Math.max(chosen?.seconds ?? referee.arm.seconds, 1e-3);
  return [{ kind: 'beats-scratch', difference, speed }];
};

const curveReasons = ({ learningCurve, images }: Evidence): Reason[] => {
  const [now, twice] = learningCurve?.curve.predictions ?? [];
  if (!now || !twice) return [];
  const gain = now.error - twice.error;
  if (gain < worthwhileGain) return [];
  const [low, high] = [now.error - twice.high, now.error - twice.low];
  return [{ kind: 'more-images', images: images.train, gain, low, high }];
};

const forgettingReasons = ({ forgetting }: Evidence): Reason[] =>
  forgetting && isClearlyNegative(forgetting.difference)
    ? [{ kind: 'forgets', difference: forgetting.difference }]
    : [];

/** Right answers of an arm on all images that it was not trained on. */
const heldOut = ({ validation, test }: ArmSummary): { right: number; n: number } => {
  const splits = [validation, test].filter((metric) => metric !== null);
  return {
    right: splits.reduce((total, { value, n }) => total + Math.round((value ?? 0) * n), 0),
    n: splits.reduce((total, { n }) => total + n, 0),
  };
};

/** Images that decide between arms. */
const comparedOn = ({ choice, asItIs }: Evidence): number =>
  choice?.arms.find(({ difference }) => difference !== null)?.difference?.n ?? asItIs?.n ?? 0;

const confidenceOf = (evidence: Evidence, reasons: readonly Reason[]): Recommendation['confidence'] => {
  const n = comparedOn(evidence);
  if (n < fewestToTell) return 'low';
  const isClear = reasons.some(
    ({ kind }) =>
      kind === 'arm-better' ||
      kind === 'looks-alike' ||
      kind === 'loses-to-scratch' ||
      kind === 'backbone-better',
  );
  return n >= enoughToBeSure && isClear ? 'high' : 'moderate';
};

/**
 * What to do on some evidence. A version that was not trained further is kept: it does as well on images that look like
 * those it knows. Otherwise the arm that `chooseArm` prefers is recommended, unless training from scratch, or the head
 * on another backbone, is shown to be better on the same images (its 95 % interval is above nothing), or nothing was
 * learned: no arm is shown to be right more often than the most frequent label is, and then more images are what is
 * missing. So they are where the version suffers, and the images to compare arms on are too few to show that one helps.
 *
 * @example recommend(evidence).action // { kind: 'last', blocks: 2 }
 */
export const recommend = (evidence: Evidence): Recommendation => {
  const { choice, arms, backbones, asItIs, labels } = evidence;
  const population = populationReasons(evidence);
  const made = (action: Action, reasons: readonly Reason[]): Recommendation => {
    const n = comparedOn(evidence);
    const few: Reason[] = n < fewestToTell ? [{ kind: 'too-few-to-tell', n }] : [];
    const all = [...reasons, ...few];
    return { action, reasons: all, confidence: confidenceOf(evidence, all) };
  };
  const chosen = arms.find(({ name }) => name === choice?.chosen);
  if (!choice || !chosen) {
    const reasons =
      population.length > 0 ? population : ([{ kind: 'too-few-to-tell', n: asItIs?.n ?? 0 }] as const);
    return made({ kind: 'keep' }, reasons);
  }
  const fresh: Reason[] =
    labels && labels.added.length > 0 ? [{ kind: 'new-labels', added: labels.added }] : [];
  const comparison = comparisonReasons(evidence);
  const referee = refereeReasons(evidence);
  const more = curveReasons(evidence);
  const rest = [...forgettingReasons(evidence), ...more];

  const better = backbones.find(
    ({ current, difference }) => !current && difference && isClearlyPositive(difference),
  );
  const loses = referee.find(({ kind }) => kind === 'loses-to-scratch');
  // A starting point that gives little is among the first three reasons, which are the ones that are read.
  const draws = referee.filter(({ kind }) => kind === 'draws-with-scratch');
  const beats = referee.filter(({ kind }) => kind === 'beats-scratch');
  if (loses) return made({ kind: 'from-scratch' }, [loses, ...comparison, ...rest]);
  const held = heldOut(chosen);
  const { chance } = evidence;
  if (held.n > 0 && scoreInterval(held.right, held.n).low <= chance) {
    const reason: Reason = { kind: 'learns-nothing', accuracy: held.right / held.n, chance, n: held.n };
    return made({ kind: 'collect-more' }, [reason, ...more]);
  }
  if (better) {
    const reason: Reason = { kind: 'backbone-better', backbone: better.id, difference: better.difference! };
    return made({ kind: 'other-backbone', backbone: better.id }, [reason, ...comparison, ...rest]);
  }
  if (chosen.name === 'keep') {
    const suffers = population.some(({ kind }) => kind === 'does-worse');
    // What nothing was seen to mend, on so few images, may be mended all the same.
    const action: Action =
      suffers && comparedOn(evidence) < fewestToTell ? { kind: 'collect-more' } : { kind: 'keep' };
    return made(action, [...comparison, ...draws, ...population, ...beats, ...rest]);
  }
  const [first, ...others] = [...population, ...fresh];
  const leading = first ? [first] : [];
  return made(actionOf(chosen), [...leading, ...comparison, ...draws, ...others, ...beats, ...rest]);
};
