import {
  type Backbone,
  collectTraining,
  type Evidence,
  graft,
  logMe,
  type Model,
  pairedDifference,
  replaceHead,
  stratifiedSample,
  train,
} from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { Store } from '@regraft/store';
import { listBackbones } from '../backbones/list-backbones.js';
import { loadBackboneByName } from '../backbones/load-backbone-by-name.js';
import type { Manifest } from '../data/manifest.js';
import type { ArmOutcome } from '../depth/arm-outcome.js';
import { summariseArm } from '../depth/depth-decision.js';
import { measureSplits } from '../depth/measure-splits.js';
import type { SplitFeatures } from '../fit/extract-features.js';
import { trainingData } from '../fit/training-data.js';
import { withFeatures } from '../fit/with-features.js';
import type { PhaseProgress } from '../runs/phase-clock.js';

/** LogME's time grows with the square of them; so many tell backbones apart. */
const mostExamples = 600;

export interface RankingRequest {
  readonly store: Store;
  readonly manifest: Manifest;
  /** The head alone on what the arms start from, and how it did. */
  readonly current: { readonly model: Model; readonly outcome: ArmOutcome };
  /** What the best other backbone is compared with. */
  readonly chosen: ArmOutcome;
  readonly seed: number;
  readonly secondsLeft: () => number;
  readonly signal: AbortSignal;
  readonly report: (progress: PhaseProgress) => void;
}

type Finding = Evidence['backbones'][number];

export interface Ranking {
  /** The most promising first. */
  readonly backbones: readonly Finding[];
  readonly notTried: readonly string[];
}

/** LogME of the training images' features. */
const evidenceOf = async (
  { train: [plain] }: SplitFeatures,
  classes: number,
  seed: number,
  signal: AbortSignal,
): Promise<number> => {
  const { examples, labels } = plain!;
  const kept = stratifiedSample(labels, classes, mostExamples, seed);
  const values = new Float32Array(kept.length * examples.shape[0]!);
  await examples.read(kept, values);
  const own = kept.map((index) => labels[index]!);
  return logMe(values, own, classes, { signal });
};

const tryHead = async (
  model: Model,
  features: SplitFeatures,
  { seed, signal }: { seed: number; signal: AbortSignal },
): Promise<ArmOutcome> => {
  const started = performance.now();
  const result = await collectTraining(train(model, trainingData(features), { seed, signal }));
  const measured = await measureSplits(result.model, features, { seed, signal });
  const seconds = (performance.now() - started) / 1000;
  return { name: 'head', blocks: 0, status: 'finished', history: [], seconds, measured, repeats: [] };
};

const differenceTo = (chosen: ArmOutcome, other: ArmOutcome): Finding['difference'] => {
  const [before, after] = [chosen, other].map(({ measured }) => measured?.outcomes.validation?.correct);
  return before && after && before.length === after.length ? pairedDifference([before], [after]) : null;
};

/**
 * Ranks the backbones that are on this machine by how well their features suit the labels, without training (`logMe`),
 * and trains a head on the best of the others, so that a recommendation rests on images that it got right.
 */
export const rankBackbones = async (request: RankingRequest): Promise<Ranking> => {
  const { store, manifest, current, chosen, seed, secondsLeft, signal, report } = request;
  const { labels, backbone } = current.model;
  const notTried: string[] = [];
  const listed = await listBackbones();
  const here = listed.filter(
    ({ availability, spec }) => availability !== 'pullable' && spec.id !== backbone.id,
  );
  const away = listed.filter(({ availability }) => availability === 'pullable').map(({ spec }) => spec.id);
  if (away.length > 0) notTried.push(`backbones that are not on this machine: ${away.join(', ')}`);

  const view = <Result>(model: Model, work: (features: SplitFeatures) => Promise<Result>): Promise<Result> =>
    withFeatures({ store, model, manifest, augment: null, seed, signal, report }, work);
  const rate = (model: Model): Promise<number> =>
    view(model, (features) => evidenceOf(features, labels.length, seed, signal));
  const headOn = (found: Backbone): Model =>
    graft(found, { head: replaceHead(labels), freeze: { kind: 'head-only' } });

  const findings: Finding[] = [
    {
      id: backbone.id,
      evidence: await rate(current.model),
      current: true,
      head: summariseArm(current.outcome),
      difference: null,
    },
  ];
  let slowest = 0;
  for (const { spec } of here) {
    if (secondsLeft() <= slowest) {
      notTried.push(`the backbone ${spec.id}: no time for it`);
      continue;
    }
    const started = performance.now();
    try {
      const evidence = await rate(headOn(await loadBackboneByName(spec.id, { signal })));
      findings.push({ id: spec.id, evidence, current: false, head: null, difference: null });
    } catch (error) {
      if (!RegraftError.isInstance(error) || error.code === 'cancelled') throw error;
      notTried.push(`the backbone ${spec.id}: ${error.message}`);
    }
    slowest = Math.max(slowest, (performance.now() - started) / 1000);
  }
  findings.sort((a, b) => b.evidence - a.evidence);
  const [best] = findings;
  if (!best || best.current) return { backbones: findings, notTried };
  const model = headOn(await loadBackboneByName(best.id, { signal }));
  const outcome = await view(model, (features) => tryHead(model, features, { seed, signal }));
  const tried = { ...best, head: summariseArm(outcome), difference: differenceTo(chosen, outcome) };
  return { backbones: [tried, ...findings.slice(1)], notTried };
};
