import { type BatchNormMode, freezeProof, type Model } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { Run, Store } from '@regraft/store';
import type { StartedScan } from '../data/start-scan.js';
import type { EngineFacts } from '../engines/engine.js';
import { parseRecipe } from '../recipe/parse-recipe.js';
import { type Emit, runPhase } from '../runs/phase-clock.js';
import type { FrozenProof, RunResult } from '../runs/run-event.js';
import type { VersionCard } from '../versions/version-card.js';
import { extractFeatures } from './extract-features.js';
import { blockStates, graftModel } from './graft-model.js';
import { judgeModel } from './judge-model.js';
import { prepareData } from './prepare-data.js';
import { saveVersion } from './save-version.js';
import { loadStartPoint } from './start-point.js';
import { trainModel } from './train-model.js';

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

const warnUnreadable = (emit: Emit, unreadable: readonly { path: string; reason: string }[]): void => {
  if (unreadable.length === 0) return;
  const named = unreadable.slice(0, mostNamed).map(({ path, reason }) => `${path} (${reason})`);
  const more = unreadable.length > mostNamed ? ` and ${unreadable.length - mostNamed} more` : '';
  emit({ type: 'warning', message: `Left out, because it can't be decoded: ${named.join(', ')}${more}` });
};

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
  const { model, head } = graftModel(start, recipe, manifest.labels);
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
    warnUnreadable(emit, features.unreadable);
    const trained = await trainModel({ store, run, model, features, recipe, emit, signal });
    const { kept, trust, metrics } = await runPhase(emit, 'evaluate', () =>
      judgeModel(trained.model, features, { seed: recipe.seed, signal }),
    );
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
        recipe,
        cut: model.plan.cut,
        blocks,
        metrics,
        frozen,
        head: { how: head, regularisation: trained.head?.regularisation ?? null },
        trust,
        engine,
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
    };
  } finally {
    await features.close();
  }
};
