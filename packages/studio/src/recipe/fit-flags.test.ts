import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { commandOfRecipe, defaultBackbone, recipeFromFlags } from './fit-flags.js';
import { parseRecipe } from './parse-recipe.js';
import type { RecipeInput } from './recipe.js';

// That a command makes the recipe it was printed for is a property test of the command line itself.

const cwd = resolve('/home/ada');

test('without flags: the default backbone, the head alone', () => {
  const recipe = parseRecipe(recipeFromFlags('photos', {}, { cwd }));
  expect(recipe).toMatchObject({
    data: { folder: resolve(cwd, 'photos') },
    start: { kind: 'backbone', name: defaultBackbone },
    head: 'auto',
    freeze: { kind: 'head-only' },
    augment: null,
  });
  expect(commandOfRecipe(recipe)).toBe(`regraft fit ${resolve(cwd, 'photos')}`);
});

test.each([
  ['none', { kind: 'head-only' }],
  ['0', { kind: 'head-only' }],
  ['all', { kind: 'all' }],
  ['3', { kind: 'last', count: 3 }],
  ['block-13', { kind: 'from', block: 'block-13' }],
])('--unfreeze %s', (unfreeze, freeze) => {
  expect(recipeFromFlags('photos', { unfreeze }, { cwd }).freeze).toEqual(freeze);
});

test('a CSV by its ending, and --augment alone for the default number of views', () => {
  const recipe = parseRecipe(recipeFromFlags('list.CSV', { augment: true, test: '../held-out' }, { cwd }));
  expect(recipe.data).toEqual({ csv: resolve(cwd, 'list.CSV'), test: resolve('/home/held-out') });
  expect(recipe.augment?.views).toBe(4);
});

test('the new words of training', () => {
  const flags = { unfreeze: 'all', gradual: true, layerDecay: 0.8, ema: 0.99, mix: 'cutmix' } as const;
  const recipe = parseRecipe(recipeFromFlags('photos', flags, { cwd }));
  expect(recipe.freeze).toEqual({ kind: 'all', layerDecay: 0.8 });
  expect(recipe.training).toMatchObject({
    unfreezing: 'gradual',
    ema: 0.99,
    mix: { kind: 'cutmix', alpha: 1 },
  });
  expect(commandOfRecipe(recipe)).toBe(
    `regraft fit ${resolve(cwd, 'photos')} --unfreeze all --gradual --layer-decay 0.8 --ema 0.99 --mix cutmix`,
  );
});

test('a layer decay stays when other blocks are unfrozen', () => {
  const base: RecipeInput = {
    data: { folder: '/old' },
    start: { kind: 'backbone', name: 'b' },
    freeze: { kind: 'last', count: 2, layerDecay: 0.5 },
  };
  expect(recipeFromFlags(undefined, { unfreeze: 'all' }, { base, cwd }).freeze).toEqual({
    kind: 'all',
    layerDecay: 0.5,
  });
  expect(recipeFromFlags(undefined, { layerDecay: 1 }, { base, cwd }).freeze).toEqual({
    kind: 'last',
    count: 2,
    layerDecay: 1,
  });
});

test('flags override a recipe and leave the rest of it', () => {
  const base: RecipeInput = {
    data: { folder: '/old', test: '/held-out' },
    start: { kind: 'version', id: 'v3' },
    freeze: { kind: 'last', count: 2, learningRates: { 'block-17': 0.1 } },
    training: { epochs: 5, optimiser: 'sgd' },
    seed: 7,
  };
  expect(recipeFromFlags(undefined, {}, { base, cwd })).toEqual(base);
  expect(recipeFromFlags('new', { epochs: 9, backbone: 'b', seed: 0 }, { base, cwd })).toEqual({
    ...base,
    data: { folder: resolve(cwd, 'new'), test: '/held-out' },
    start: { kind: 'backbone', name: 'b' },
    training: { epochs: 9, optimiser: 'sgd' },
    seed: 0,
  });
});

test('--replay, and no word of it where the recipe leaves it open', () => {
  const flags = { from: 'v3', head: 'extend' } as const;
  const auto = parseRecipe(recipeFromFlags('photos', flags, { cwd }));
  expect(auto.replay).toBe('auto');
  expect(commandOfRecipe(auto)).not.toContain('replay');
  const none = parseRecipe(recipeFromFlags('photos', { ...flags, replay: 0 }, { cwd }));
  expect(none.replay).toBe(0);
  expect(commandOfRecipe(none)).toContain('--from v3 --head extend --replay 0');
});
