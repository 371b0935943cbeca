import {
  commandOfRecipe,
  type FitFlags,
  formatCount,
  formatDuration,
  formatQuantity,
  parseRecipe,
  recipeFromFlags,
} from '@regraft/studio';
import { type RecipeRateSearch, searchLearningRate } from '@regraft/studio/models';
import { createOutput } from '../output/output.js';
import { paint } from '../output/paint.js';
import { createProgressLine } from '../output/progress-line.js';
import { formatLearningRate } from '../output/rate-curve.js';
import { renderRatePlot } from '../output/rate-plot.js';
import { renderRateSvg } from '../output/rate-svg.js';
import { renderField } from '../output/run-summary.js';
import { requireWritable, writeAtomically } from '../output/write-atomically.js';
import { type CommonOptions, type EngineOptions, engineHere, interruptSignal, withStore } from './common.js';

interface LrFindOptions
  extends CommonOptions,
    EngineOptions,
    Pick<FitFlags, 'backbone' | 'batchSize' | 'from' | 'seed' | 'unfreeze'> {
  readonly svg?: string;
}

const reasons = {
  steepest: 'the loss falls fastest there',
  lowest: 'no fall stands out, so a tenth of the rate with the lowest loss',
} as const;

const describeSearch = (search: RecipeRateSearch): string[] => {
  const { backbone, blocks, images, points, diverged, suggestion, basis, cache, seconds } = search;
  const end = formatLearningRate(points.at(-1)!.learningRate);
  return [
    '',
    renderField(
      'suggestion',
      `${paint.strong(formatLearningRate(suggestion))}  ${paint.muted(reasons[basis])}`,
    ),
    renderField(
      'trains',
      blocks > 0 ? `head and ${formatQuantity(blocks, 'block')} of ${backbone}` : `head on ${backbone}`,
    ),
    renderField(
      'tried',
      `${formatQuantity(points.length, 'mini-batch', 'mini-batches')} from ${formatQuantity(images, 'image')}${diverged ? `; the loss blew up at ${end}` : ''}`,
    ),
    renderField(
      'features',
      `${formatCount(cache.misses)} computed, ${formatCount(cache.hits)} from the cache`,
    ),
    renderField('time', formatDuration(seconds)),
  ];
};

export const lrFind = async (data: string, options: LrFindOptions): Promise<void> => {
  const recipe = parseRecipe(recipeFromFlags(data, options));
  const output = createOutput(options);
  if (options.svg !== undefined) await requireWritable(options.svg);
  await withStore(options, 'create', async (store) => {
    const lines = { scan: 'scan', features: 'features', rates: 'mini-batches' } as const;
    const progress = Object.fromEntries(
      Object.entries(lines).map(([phase, title]) => [phase, createProgressLine(output, title)]),
    );
    const search = await searchLearningRate(store, recipe, {
      engine: engineHere(options),
      signal: interruptSignal(),
      onProgress: ({ phase, done, total }) => progress[phase]!.update({ done, total, secondsLeft: null }),
    }).finally(() => progress.scan!.clear());
    if (options.svg !== undefined) await writeAtomically(options.svg, renderRateSvg(search));
    output.data(search);
    for (const line of [...renderRatePlot(search), ...describeSearch(search)]) output.line(line);
    if (options.svg !== undefined) output.line(renderField('curve', options.svg));
    output.line('');
    if (search.phase === 'head') {
      output.line(' Fit solves the head alone exactly, without a learning rate; this one is for a');
      output.line(' recipe with "headSolver": "gradient". For blocks that train, add --unfreeze 2.');
      return;
    }
    const learningRate = Number(formatLearningRate(search.suggestion));
    output.line(` ${paint.muted('next')}`);
    output.line(`   ${commandOfRecipe({ ...recipe, training: { ...recipe.training, learningRate } })}`);
  });
};
