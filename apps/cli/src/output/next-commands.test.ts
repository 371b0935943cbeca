import { type DepthDecision, parseRecipe, type RecipeInput, type RunResult } from '@regraft/studio';
import { expect, test } from 'vitest';
import { nextCommands } from './next-commands.js';

const metric = { value: 0.8, low: 0.7, high: 0.9, n: 60, method: 'score' as const };

const changedBy = (low: number, high: number) => ({
  before: metric,
  after: metric,
  difference: { value: (low + high) / 2, low, high, standardError: 0.02, p: 0.5, n: 60, seeds: 1 },
});

const resultOf = (
  parent: string | null,
  metrics: Partial<RunResult['metrics']> = {},
  depth: DepthDecision | null = null,
): RunResult =>
  ({
    run: 7,
    version: 'v2',
    parent,
    depth,
    metrics: { improvement: null, forgetting: null, ...metrics },
  }) as unknown as RunResult;

const recipeOf = (input: Partial<RecipeInput> = {}) =>
  parseRecipe({
    data: { folder: 'photos' },
    start: { kind: 'backbone', name: 'mobilenet-v2.openimages' },
    ...input,
  });

const fromVersion = recipeOf({ start: { kind: 'version', id: 'v1' } });

test('a head on a backbone: other depths are to be compared', () => {
  expect(nextCommands(resultOf(null), recipeOf({ name: 'pets' }))).toEqual([
    'regraft predict v2 photo.jpg',
    'regraft fit photos --depth auto --name pets',
    'regraft promote v2',
  ]);
});

test('blocks that trained, or a depth that was compared: the run is to be looked at', () => {
  const trained = recipeOf({ freeze: { kind: 'last', count: 2 } });
  expect(nextCommands(resultOf(null), trained)).toContain('regraft show 7');
  const compared = { chosen: 'head' } as unknown as DepthDecision;
  const auto = recipeOf({ ...fromVersion, freeze: { kind: 'auto' } });
  expect(nextCommands(resultOf('v1', { improvement: changedBy(-0.1, 0.1) }, compared), auto)).toContain(
    'regraft show 7',
  );
});

test('a version that was fine-tuned: advice tells whether it was worth it', () => {
  expect(nextCommands(resultOf('v1', { improvement: changedBy(-0.02, 0.1) }), fromVersion)).toEqual([
    'regraft predict v2 photo.jpg',
    'regraft advise v1 photos',
    'regraft promote v2',
  ]);
});

test.each<[string, Partial<RunResult['metrics']>]>([
  ['is clearly worse on the new images', { improvement: changedBy(-0.2, -0.05) }],
  [
    'has forgotten old images',
    {
      improvement: changedBy(-0.02, 0.1),
      forgetting: { ...changedBy(-0.17, -0.01), split: 'test', unreadable: 0 },
    },
  ],
  ['answers other labels, so that nothing was compared', {}],
])('a version that %s is not to be promoted', (_, metrics) => {
  const commands = nextCommands(resultOf('v1', metrics), fromVersion);
  expect(commands).toContain('regraft advise v1 photos');
  expect(commands.join('\n')).not.toContain('promote');
});
