import { type BatchNormMode, freezeProof, type Model, type TrainingResult } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { Run, Store } from '@regraft/store';
import type { StartedScan } from '../data/start-scan.js';
import { type DepthRequest, decideDepth } from '../depth/decide-depth.js';
import type { DepthDecision } from '../depth/depth-decision.js';
import { readTraining } from '../depth/run-checkpoint.js';
import type { EngineFacts } from '../engines/engine.js';
import { parseRecipe } from '../recipe/parse-recipe.js';
import type { FixedRecipe } from '../recipe/recipe.js';
import { type Emit, runPhase } from '../runs/phase-clock.js';
import type { FrozenProof, RunResult } from '../runs/run-event.js';
import type { VersionCard } from '../versions/version-card.js';
import { compareWithParent } from './compare-with-parent.js';
import { extractFeatures } from './extract-features.js';
import { blockStates, graftModel } from './graft-model.js';
import { judgeModel } from './judge-model.js';
import { prepareData } from './prepare-data.js';
import { saveVersion } from './save-version.js';
import { loadStartPoint, type StartPoint } from './start-point.js';
import { trainModel } from './train-model.js';
import { warnLeftOut } from './warn-left-out.js';

export interface FitContext {
  readonly store: Store;
  readonly run: Run;
  readonly engine: EngineFacts;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** A scan of the recipe's images, where one is under way already. */
  readonly scan?: StartedScan | undefined;
}

const mostNamed = 5;

const proveFrozen = async (before: Model, after: Model, batchNorm: BatchNormMode): Promise<FrozenProof> => {
  const proof = await freezeProof(before, after.network, batchNorm);
  if (!proof.equal) {
    throw new RegraftError({
      code: 'run-failed',
      message: `Frozen weights must not change. Received: other values for ${proof.changed.slice(0, mostNamed).join(', ')}`,
      hint: 'This is a defect in Regraft; nothing was stored.',
      details: { changed: proof.changed },
    });
  }
  return { tensors: proof.tensors, before: proof.before, after: proof.after };
};

interface FixedDepth {
  readonly fixed: FixedRecipe;
  readonly decision: DepthDecision | null;
  /** The chosen training, where the comparison has done it. */
  readonly trained: TrainingResult | null;
}

/** The recipe with its depth, which is compared where the recipe leaves it open and no earlier process has. */
const fixDepth = async ({
  start,
  ...request
}: Omit<DepthRequest, 'budgetSeconds' | 'graftAt'> & { start: StartPoint }): Promise<FixedDepth> => {
  const { store, run, manifest, recipe } = request;
  const { freeze } = recipe;
  if (freeze.kind !== 'auto') return { fixed: { ...recipe, freeze }, decision: null, trained: null };
  const before = (await readTraining(store, run))?.depth;
  if (before) return { fixed: { ...recipe, freeze: before.plan }, decision: before, trained: null };
  const { decision, results } = await decideDepth({
    ...request,
    budgetSeconds: freeze.budgetSeconds,
    graftAt: (plan) => graftModel(start, { ...recipe, freeze: plan }, manifest.labels).model,
  });
  const trained = results.get(decision.chosen) ?? null;
  return { fixed: { ...recipe, freeze: decision.plan }, decision, trained };
};

/**
 * The whole main job: from images to a stored version.
 *
 * @throws RegraftError of any part: data, backbone, labels, training, store; `cancelled` when the signal is aborted
 */
export const fit = async ({ store, run, engine, emit, signal, scan }: FitContext): Promise<RunResult> => {
  const started = performance.now();
  const recipe = parseRecipe(run.recipe);
  const { manifest, dataset } = await runPhase(emit, 'scan', (report) =>
    prepareData({ store, run, recipe, emit, scan }, { signal, report }),
  );
  const start = await loadStartPoint(store, recipe, signal);
  const {
    fixed,
    decision,
    trained: already,
  } = await fixDepth({ store, run, manifest, recipe, start, emit, signal });
  const grafted = graftModel(start, fixed, manifest.labels);
  const { model, head } = grafted;
  const parent = start.kind === 'version' ? start.model.version : null;
  const blocks = blockStates(model);
  emit({ type: 'model-grafted', backbone: model.backbone.id, parent, head, cut: model.plan.cut, blocks });

  const features = await runPhase(
    emit,
    'features',
    (report) =>
      extractFeatures({ store, model, manifest, augment: recipe.augment, seed: recipe.seed, signal, report }),
    ({ cache }) => cache,
  );
  try {
    warnLeftOut(emit, model, features);
    const trained =
      already ?? (await trainModel({ store, run, model, features, recipe, depth: decision, emit, signal }));
    const { kept, trust, metrics } = await runPhase(emit, 'evaluate', async (report) => {
      const { seed, training } = recipe;
      const judged = await judgeModel(trained, features, { head, training, seed, signal });
      const changes = await compareWithParent({
        store,
        start,
        grafted,
        trained: trained.model,
        manifest,
        features,
        emit,
        signal,
        report,
      });
      return { ...judged, metrics: { ...judged.metrics, ...changes } };
    });
    const version = await runPhase(emit, 'save', async () => {
      const frozen = await proveFrozen(model, trained.model, recipe.training.batchNorm);
      const card: VersionCard = {
        format: 1,
        name: recipe.name ?? null,
        labels: [...model.labels],
        preprocessing: model.preprocessing,
        backbone: model.backbone,
        parent,
        run: run.id,
        dataset,
        recipe: fixed,
        cut: model.plan.cut,
        blocks,
        metrics,
        frozen,
        head: { how: head, regularisation: trained.head?.regularisation ?? null },
        trust,
        engine,
        depth: decision,
        createdAt: new Date().toISOString(),
      };
      const id = await saveVersion(store, { model: trained.model, features: kept, card });
      return { id, frozen };
    });
    return {
      run: run.id,
      version: version.id,
      name: recipe.name ?? null,
      parent,
      labels: model.labels,
      metrics,
      trust,
      seconds: (performance.now() - started) / 1000,
      cache: features.cache,
      frozen: version.frozen,
      depth: decision,
    };
  } finally {
    await features.close();
  }
};
