import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  defaultBackbone,
  formatChange,
  formatCount,
  formatDuration,
  formatQuantity,
  formatShare,
  parseRecipe,
  type RecipeInput,
  type RunResult,
  type Store,
  startRun,
} from '@regraft/studio';
import { evaluateVersion } from '@regraft/studio/models';
import { drawingsOf, type Hand, renderDrawings, type Subject } from '../demo/drawings.js';
import { pickDrawings } from '../demo/pick.js';
import { renderGraftStrip } from '../output/graft-strip.js';
import { createOutput, type Output } from '../output/output.js';
import { paint } from '../output/paint.js';
import { renderField } from '../output/run-summary.js';
import { watchRun } from '../output/watch-run.js';
import { type CommonOptions, interruptSignal, withStore } from './common.js';

const oldSubjects: readonly Subject[] = ['animals', 'food', 'travel'];
const newSubjects: readonly Subject[] = ['activities', 'objects'];
const firstHand: Hand = 'noto';
const otherHand: Hand = 'twemoji';
const furtherHands: readonly Hand[] = ['fluent', 'openmoji'];
const drawingsToLearnFrom = 30;

interface Story {
  readonly store: Store;
  readonly output: Output;
  readonly folder: string;
  readonly signal: AbortSignal;
}

const chapter = ({ output }: Story, number: number, title: string): void => {
  output.line('');
  output.line(` ${paint.strong(`${number}. ${title}`)}`);
};

/** Runs a recipe without its own summary and tells its outcome in a few lines. */
const fit = async ({ store, output }: Story, recipe: RecipeInput): Promise<RunResult> => {
  const run = await startRun(store, parseRecipe(recipe));
  const view = await watchRun(store, run, output, {
    title: `${recipe.data.folder}   run ${run}`,
  });
  const result = view.result!;
  output.data({ type: 'result', ...result });
  if (!output.json) {
    for (const line of renderGraftStrip(view.grafted?.blocks ?? [], result.labels.length))
      output.line(`  ${line}`);
    const { frozen } = result;
    output.line(
      renderField(
        'stored as',
        `${paint.strong(result.version)} ${result.name ?? ''}, from ${result.parent ?? view.grafted?.backbone}`,
      ),
    );
    if (result.metrics.test)
      output.line(renderField('test accuracy', formatShare(result.metrics.test.accuracy)));
    output.line(
      renderField(
        'time',
        `${formatDuration(result.seconds)}, ${formatCount(result.cache.misses)} images computed, ${formatCount(result.cache.hits)} from the cache`,
      ),
    );
    const proof = frozen.before === frozen.after ? 'unchanged' : paint.red('CHANGED');
    output.line(
      renderField(
        'frozen',
        `${formatQuantity(frozen.tensors, 'tensor')} ${proof}, sha256 ${frozen.after.slice(0, 12)}`,
      ),
    );
  }
  return result;
};

const measure = async ({ store, output, signal }: Story, version: string, folder: string, what: string) => {
  const evaluation = await evaluateVersion(store, version, folder, { signal });
  output.data({ type: 'evaluation', ...evaluation });
  output.line(renderField(what, `${version}: ${formatShare(evaluation.report.accuracy)}`));
  return evaluation.report.accuracy;
};

const draw = async (
  { folder, signal }: Story,
  name: string,
  drawings: Parameters<typeof renderDrawings>[0],
): Promise<string> => {
  const target = join(folder, name);
  await renderDrawings(drawings, target, signal);
  return target;
};

/** Seconds for comparing: enough for the head, and for what can be said without training. */
const adviceBudget = 1;

/** Asks for advice on a version and a folder and tells the verdict in a few lines. */
const advise = async ({ store, output }: Story, version: string, folder: string): Promise<void> => {
  const recipe = parseRecipe({
    data: { folder },
    start: { kind: 'version', id: version },
    freeze: { kind: 'auto', budgetSeconds: adviceBudget },
  });
  const run = await startRun(store, recipe, { kind: 'advise' });
  const { verdict } = await watchRun(store, run, output, { title: `${version} on ${folder}   run ${run}` });
  output.data({ type: 'result', run, verdict });
  output.line(`  ${paint.strong(verdict!.headline)}`);
  for (const reason of verdict!.reasons) output.line(`  ${reason}`);
};

const tell = async (story: Story): Promise<void> => {
  const { output } = story;
  const start = { kind: 'backbone', name: defaultBackbone } as const;

  chapter(story, 1, `Old data: ${oldSubjects.join(', ')}, drawn by one hand (${firstHand})`);
  const old = await draw(story, `${firstHand}-three`, drawingsOf(firstHand, oldSubjects));
  const first = await fit(story, { data: { folder: old }, start, name: 'demo-first' });

  chapter(story, 2, 'The same labels drawn by other hands: does the model still know them?');
  const { picked, rest } = pickDrawings(drawingsOf(otherHand, oldSubjects), drawingsToLearnFrom);
  const unseen = await draw(story, `${otherHand}-test`, rest);
  await measure(story, first.version, unseen, otherHand);
  for (const hand of furtherHands) {
    const folder = await draw(story, `${hand}-test`, drawingsOf(hand, oldSubjects));
    await measure(story, first.version, folder, hand);
  }

  chapter(story, 3, `Should it be fine-tuned on what ${otherHand} drew?`);
  await advise(story, first.version, unseen);

  chapter(
    story,
    4,
    `Fine-tune it on ${drawingsToLearnFrom} drawings of each label by one of them (${otherHand}); the head is kept`,
  );
  const few = await draw(story, `${otherHand}-few`, picked);
  const second = await fit(story, {
    data: { folder: few, test: unseen },
    start: { kind: 'version', id: first.version },
    head: 'keep',
    name: 'demo-second-hand',
  });
  const { improvement, forgetting } = second.metrics;
  if (improvement) output.line(renderField('new drawings', formatChange(improvement)));
  if (forgetting) output.line(renderField('old drawings', formatChange(forgetting)));

  chapter(story, 5, `New labels: ${newSubjects.join(' and ')}; the head is replaced`);
  const fresh = await draw(story, `${firstHand}-new`, drawingsOf(firstHand, newSubjects));
  const third = await fit(story, {
    data: { folder: fresh },
    start: { kind: 'version', id: second.version },
    head: 'replace',
    name: 'demo-new-labels',
  });

  output.line('');
  output.line(
    ` ${paint.strong('Lineage')}  ${defaultBackbone} → ${first.version} → ${second.version} → ${third.version}`,
  );
  output.line('');
  output.line(` ${paint.muted('try next')}`);
  output.line(`   npx regraft show ${second.version}`);
  output.line('   npx regraft fit photos/ --depth auto');
  output.line('   npx regraft versions');
};

export const demo = async (options: CommonOptions & { keep?: string }): Promise<void> => {
  const output = createOutput(options);
  const signal = interruptSignal();
  const started = performance.now();
  const folder = options.keep ? resolve(options.keep) : await mkdtemp(join(tmpdir(), 'regraft-demo-'));
  try {
    await withStore(options, 'create', async (store) => {
      await tell({ store, output, folder, signal });
      output.line('');
      output.line(
        ` ${paint.leaf('✔')} ${formatDuration((performance.now() - started) / 1000)} in all; the store is ${store.path}`,
      );
    });
  } finally {
    if (!options.keep) await rm(folder, { recursive: true, force: true });
  }
};
