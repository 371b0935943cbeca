import { type AdviceCase, type Evidence, labelRelation, recommend, type Verdict } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { Manifest, Split } from '../data/manifest.js';
import { readManifest } from '../data/read-manifest.js';
import type { FitContext } from '../fit/fit.js';
import { loadStartPoint, type StartPoint } from '../fit/start-point.js';
import { parseRecipe } from '../recipe/parse-recipe.js';
import { quoteWord } from '../recipe/quote-word.js';
import { standardBudgetSeconds } from '../recipe/recipe.js';
import { runPhase } from '../runs/phase-clock.js';
import type { AdviceResult } from '../runs/run-event.js';
import { adviseTogether } from './advise-together.js';
import { compareArms } from './compare-arms.js';
import { findSeen, type SeenImages, withoutSeen } from './find-seen.js';
import { likelyNames } from './likely-names.js';
import { measureAsItIs } from './measure-as-it-is.js';
import { measureCost } from './measure-cost.js';
import { measurePopulation } from './measure-population.js';
import { readNewData } from './read-new-data.js';
import { viewImages } from './view-images.js';
import { writeVerdict } from './write-verdict.js';

/** What looking at the new images with a version gives, before anything is trained. */
type Look = Pick<
  Evidence,
  | 'asItIs'
  | 'atHome'
  | 'drift'
  | 'duplicates'
  | 'labelShift'
  | 'labels'
  | 'loss'
  | 'proportions'
  | 'strangest'
>;

const nothingSeen: Look = {
  labels: null,
  duplicates: null,
  drift: null,
  strangest: [],
  proportions: null,
  labelShift: null,
  asItIs: null,
  atHome: null,
  loss: null,
};

const countImages = ({ images }: Manifest): Evidence['images'] => {
  const of = (split: Split): number => images.filter((image) => image.split === split).length;
  return { train: of('train'), validation: of('validation'), test: of('test') };
};

/** The share of the most frequent label among the validation images. */
const chanceOf = ({ images, labels }: Manifest): number => {
  const held = images.filter(({ split }) => split === 'validation');
  const counts = labels.map((_, label) => held.filter((image) => image.label === label).length);
  return held.length === 0 ? 1 / labels.length : Math.max(...counts) / held.length;
};

const requireUnseen = ({ images }: Manifest, { trainedOn }: SeenImages, version: string): void => {
  if (images.some(({ sha256 }) => !trainedOn.has(sha256))) return;
  throw new RegraftError({
    code: 'data-invalid',
    message: `New data must hold images that the version was not trained on. Received: ${images.length}, all of which ${version} was trained on, or their like`,
    hint: 'Give images that it has not seen; those that it has say nothing about new ones.',
  });
};

const caseOf = (start: StartPoint, { labels, images }: Manifest): AdviceCase => {
  if (start.kind === 'backbone') return 'first-model';
  if (!labels.every((label) => start.model.model.labels.includes(label))) return 'new-labels';
  return images.some(({ split }) => split === 'train') ? 'same-labels' : 'test-set';
};

/** Labels that are probably the same words as the version's; taking them for the same is for a person to say. */
const namesNotTaken = ({ labels }: Look): string[] => {
  const pairs = labels ? likelyNames(labels) : [];
  if (pairs.length === 0) return [];
  const names = pairs.map((pair) => `"${pair.new}" for "${pair.old}"`).join(', ');
  const flags = pairs.map((pair) => `--rename ${quoteWord(`${pair.new}=${pair.old}`)}`).join(' ');
  return [`taking ${names}; if they are the same, say so with ${flags}`];
};

/** Nothing shows that the version needs to learn from these images. */
const isFineAsItIs = ({ loss, drift }: Look): boolean =>
  loss !== null && loss.low <= 0 && drift?.decision !== 'drift';

/**
 * Answers whether a version should be fine-tuned on new data, how deep, and whether it is worth it: which case it is,
 * whether the images have changed, what each arm gains, what it costs. A run of its own, whose arms are kept if it is
 * interrupted.
 *
 * @throws RegraftError those of the data, `data-invalid` where the version was trained on all of them; `cancelled`
 */
export const advise = async (context: FitContext): Promise<AdviceResult> => {
  const { store, run, emit, signal, scan } = context;
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  const recipe = parseRecipe(run.recipe);
  if (recipe.data.also !== undefined) return adviseTogether(context, recipe);
  const { seed, freeze } = recipe;
  const budget = freeze.kind === 'auto' ? freeze.budgetSeconds : standardBudgetSeconds;
  const notTried: string[] = [];
  const start = await loadStartPoint(store, recipe, signal);
  const version = start.kind === 'version' ? start.model : null;
  const { manifest: scanned, dataset } = await runPhase(emit, 'scan', (report) =>
    readNewData({ store, run, recipe, emit, scan }, version?.model.labels ?? null, { signal, report }),
  );

  let manifest = scanned;
  let look = nothingSeen;
  if (version) {
    const old = await readManifest(store, version.card.dataset);
    const seen = await runPhase(emit, 'duplicates', (report) =>
      findSeen(store, { old, fresh: scanned }, { signal, report }),
    );
    requireUnseen(scanned, seen, version.version);
    manifest = withoutSeen(scanned, seen.trainedOn);
    const viewed = await runPhase(emit, 'features', (report) =>
      viewImages(store, version.model, { manifest, leftOut: seen.trainedOn }, { signal, report }),
    );
    const { population, asItIs } = await runPhase(emit, 'population', async () => ({
      population: await measurePopulation({ store, start: version, manifest, viewed, seed, signal }),
      asItIs: await measureAsItIs(version, { manifest, viewed }, { seed, signal }),
    }));
    const { notTried: unknown, ...found } = population;
    notTried.push(...unknown);
    look = {
      labels: labelRelation(scanned.labels, version.model.labels),
      duplicates: seen.findings,
      ...found,
      ...asItIs,
    };
  }

  const which = caseOf(start, manifest);
  const images = countImages(manifest);
  const worthTrying = which !== 'test-set' && !isFineAsItIs(look);
  const arms = worthTrying
    ? await compareArms({
        store,
        run,
        recipe,
        start,
        manifest,
        secondsLeft: () => budget - seconds(),
        emit,
        signal,
      })
    : null;
  if (which === 'test-set') notTried.push('training on them: there are too few');
  else if (!arms) notTried.push('training on them: nothing shows that it is needed');
  const forgetting =
    arms?.chosen && version
      ? await runPhase(emit, 'forgetting', (report) =>
          measureCost({ store, version, chosen: arms.chosen!, manifest, recipe, signal, report }),
        )
      : null;
  const evidence: Evidence = {
    case: which,
    start: version?.version ?? (start.kind === 'backbone' ? start.backbone.id : ''),
    data: recipe.data.folder ?? recipe.data.csv ?? '',
    images,
    ...look,
    chance: chanceOf(manifest),
    arms: [],
    choice: null,
    referee: null,
    learningCurve: null,
    backbones: [],
    ...arms?.findings,
    forgetting,
    notTried: [...namesNotTaken(look), ...notTried, ...(arms?.notTried ?? [])],
  };
  const verdict: Verdict = writeVerdict(evidence, recommend(evidence), { recipe, seconds: seconds() });
  emit({ type: 'verdict', verdict });
  return { run: run.id, dataset, verdict, together: null, seconds: seconds() };
};
