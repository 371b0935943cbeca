import type { Evidence, Model, TrainingResult } from '@regraft/core';
import { pairedDifference } from '@regraft/core';
import type { Run, Store } from '@regraft/store';
import type { Manifest } from '../data/manifest.js';
import type { ArmOutcome } from '../depth/arm-outcome.js';
import { chooseOutcome } from '../depth/choose-depth.js';
import { decideDepth } from '../depth/decide-depth.js';
import { summariseArm } from '../depth/depth-decision.js';
import { measureSplits } from '../depth/measure-splits.js';
import { type DepthArm, planArms } from '../depth/plan-arms.js';
import { repeatCloseCalls } from '../depth/repeat-close-calls.js';
import { graftModel } from '../fit/graft-model.js';
import type { StartPoint } from '../fit/start-point.js';
import { withFeatures } from '../fit/with-features.js';
import type { Recipe } from '../recipe/recipe.js';
import { type Emit, type PhaseProgress, runPhase } from '../runs/phase-clock.js';
import { measureLearningCurve } from './measure-learning-curve.js';
import { rankBackbones } from './rank-backbones.js';
import { trainReferee } from './train-referee.js';
import { atFeatures } from './view-images.js';

export interface ArmsRequest {
  readonly store: Store;
  readonly run: Run;
  readonly recipe: Recipe;
  readonly start: StartPoint;
  readonly manifest: Manifest;
  readonly secondsLeft: () => number;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export interface ComparedArms {
  readonly findings: Pick<Evidence, 'arms' | 'backbones' | 'choice' | 'learningCurve' | 'referee'>;
  readonly notTried: readonly string[];
  /** The depth that was chosen, unless it is the version as it is. */
  readonly chosen: { readonly arm: DepthArm; readonly trained: TrainingResult | null } | null;
}

/** A version as it is, as an arm that costs nothing; null where it doesn't know the labels. */
const measureAsArm = async (
  { store, recipe, manifest, start, signal }: ArmsRequest,
  report: (progress: PhaseProgress) => void,
): Promise<ArmOutcome | null> => {
  if (start.kind === 'backbone') return null;
  const model: Model = atFeatures(start.model.model);
  if (!manifest.labels.every((label) => model.labels.includes(label))) return null;
  const { seed } = recipe;
  return withFeatures({ store, model, manifest, augment: null, seed, signal, report }, async (features) => {
    const measured = await measureSplits(model, features, { seed, signal });
    return { name: 'keep', blocks: null, status: 'finished', history: [], seconds: 0, measured, repeats: [] };
  });
};

const differenceTo = (referee: ArmOutcome, chosen: ArmOutcome | undefined) => {
  const [before, after] = [referee, chosen].map((arm) => arm?.measured?.outcomes.validation?.correct);
  return before && after && before.length === after.length ? pairedDifference([before], [after]) : null;
};

/**
 * What would help: the version as it is, its head alone, deeper fine-tunes, training from scratch and other backbones,
 * each on the same split and measured on the same images, in the time there is. Each part is a phase of the run.
 */
export const compareArms = async (request: ArmsRequest): Promise<ComparedArms> => {
  const { store, run, recipe, start, manifest, secondsLeft, emit, signal } = request;
  const { seed } = recipe;
  const notTried: string[] = [];
  const graftAt = (freeze: Parameters<typeof graftModel>[1]['freeze']): Model =>
    graftModel(start, { ...recipe, freeze }, manifest.labels).model;
  const arms = planArms(graftAt);
  const keep = await runPhase(emit, 'features', (report) => measureAsArm(request, report));

  const { decision, outcomes, results } = await decideDepth({
    store,
    run,
    manifest,
    recipe,
    budgetSeconds: secondsLeft(),
    graftAt,
    emit,
    signal,
  });
  if (decision.skipped) notTried.push(decision.skipped);
  const contenders = await runPhase(emit, 'seeds', (report) =>
    repeatCloseCalls({
      store,
      manifest,
      recipe,
      arms,
      outcomes: [...(keep ? [keep] : []), ...outcomes],
      secondsLeft,
      signal,
      report,
    }),
  );
  const choice = chooseOutcome(contenders);
  const chosenName = choice?.chosen ?? arms[0].name;
  const chosen = contenders.find(({ name }) => name === chosenName)!;
  const chosenArm = arms.find(({ name }) => name === chosenName);

  const refereed = await runPhase(emit, 'referee', (report) =>
    trainReferee({
      store,
      manifest,
      recipe,
      arms,
      outcomes,
      secondsLeft,
      signal,
      onProgress: ({ event }) => {
        if (event.type !== 'epoch-end') return;
        report({ done: event.epoch, total: event.epochs });
        emit({ type: 'arm-epoch', arm: 'scratch', epoch: event });
      },
    }),
  );
  const referee = 'outcome' in refereed ? refereed.outcome : null;
  if ('notTried' in refereed) notTried.push(refereed.notTried);

  const head = arms[0];
  const learningCurve = await runPhase(emit, 'curve', (report) =>
    withFeatures({ store, model: head.model, manifest, augment: null, seed, signal, report }, (features) =>
      measureLearningCurve(head.model, features, { seed, signal }),
    ),
  );
  if (learningCurve === null) notTried.push('how many more images would help: there are too few to divide');

  const headOutcome = outcomes.find(({ name }) => name === head.name)!;
  const ranking = await runPhase(emit, 'backbones', (report) =>
    rankBackbones({
      store,
      manifest,
      current: { model: head.model, outcome: headOutcome },
      chosen,
      seed,
      secondsLeft,
      signal,
      report,
    }),
  );
  return {
    findings: {
      arms: [...contenders, ...(referee ? [referee] : [])].map(summariseArm),
      choice,
      referee: referee && { arm: summariseArm(referee), difference: differenceTo(referee, chosen) },
      learningCurve,
      backbones: [...ranking.backbones],
    },
    notTried: [...notTried, ...ranking.notTried],
    chosen: chosenArm ? { arm: chosenArm, trained: results.get(chosenArm.name) ?? null } : null,
  };
};
