import { recommendStrategy, type StrategyReport, type TogetherVerdict } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import { dataLocation } from '../data/data-location.js';
import { joinManifests } from '../data/join-manifests.js';
import type { Manifest } from '../data/manifest.js';
import { recordManifest } from '../data/record-manifest.js';
import { startScan } from '../data/start-scan.js';
import { compareAccuracy } from '../evaluate/compare-accuracy.js';
import type { FitContext } from '../fit/fit.js';
import { loadStartPoint } from '../fit/start-point.js';
import type { Recipe } from '../recipe/recipe.js';
import { runPhase } from '../runs/phase-clock.js';
import type { AdviceResult } from '../runs/run-event.js';
import { describeTogether } from './together-words.js';
import { trainStrategies } from './train-strategies.js';

const scanBoth = async (
  recipe: Recipe,
  { store, signal }: Pick<FitContext, 'signal' | 'store'>,
): Promise<readonly [Manifest, Manifest]> => {
  const { also, ...first } = recipe.data;
  const scan = (data: Omit<Recipe['data'], 'also'>): Promise<Manifest> =>
    startScan({ request: { ...data, seed: recipe.seed }, store: store.path }, signal).finish(() => undefined);
  return [await scan(first), await scan(dataLocation(also!))];
};

const requireTestImages = (manifests: readonly Manifest[]): void => {
  const lacking = manifests.find(({ images }) => !images.some(({ split }) => split === 'test'));
  if (!lacking) return;
  throw new RegraftError({
    code: 'data-too-small',
    message: `Ways to serve two data sets are compared on test images of both. Received: none in ${lacking.root}`,
    hint: 'Leave the splits to Regraft, or add a test split.',
  });
};

/**
 * Answers how one trunk serves two data sets best: with a head for each, with one joint head over the labels of both, or
 * with a head that learns one after the other. All read the same cached features and are asked the same test images.
 *
 * @throws RegraftError those of the data, `data-too-small` without test images; `cancelled`
 */
export const adviseTogether = async (
  { store, run, emit, signal }: FitContext,
  recipe: Recipe,
): Promise<AdviceResult> => {
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  const start = await loadStartPoint(store, recipe, signal);
  const manifests = await runPhase(emit, 'scan', () => scanBoth(recipe, { store, signal }));
  requireTestImages(manifests);
  const manifest = joinManifests(...manifests);
  const dataset = await recordManifest(store, manifest);
  await store.runs.setDataset(run.id, dataset);
  const trained = await trainStrategies({ store, recipe, start, manifests, manifest, emit, signal });
  const joint = trained.find(({ strategy }) => strategy === 'joint')!;
  const strategies: StrategyReport[] = trained.map(({ strategy, correct, seconds: taken }) => {
    const changes = correct.map((own, side) => compareAccuracy(joint.correct[side]!, own));
    return {
      strategy,
      accuracy: [changes[0]!.after, changes[1]!.after],
      difference: strategy === 'joint' ? null : [changes[0]!.difference, changes[1]!.difference],
      seconds: taken,
    };
  });
  const [separate, sequence] = (['separate', 'sequence'] as const).map(
    (name) => trained.find(({ strategy }) => strategy === name)!,
  );
  const measured = {
    start: start.kind === 'version' ? start.model.version : start.backbone.id,
    labels: [[...manifests[0].labels], [...manifests[1].labels]] as [string[], string[]],
    strategies,
    recommended: recommendStrategy(strategies),
    lost: compareAccuracy(separate!.correct[0], sequence!.correct[0]).difference,
  };
  const together: TogetherVerdict = {
    format: 1,
    ...describeTogether(measured, recipe),
    ...measured,
    data: [recipe.data.folder ?? recipe.data.csv ?? '', recipe.data.also!],
    notTried: ['deeper fine-tuning of the trunk that both share'],
    seconds: seconds(),
    createdAt: new Date().toISOString(),
  };
  emit({ type: 'together', together });
  return { run: run.id, dataset, verdict: null, together, seconds: seconds() };
};
