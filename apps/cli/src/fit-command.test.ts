import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import {
  commandOfRecipe,
  defaultBackbone,
  type FitFlags,
  parseRecipe,
  type RecipeInput,
  recipeFromFlags,
} from '@regraft/studio';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createProgram } from './program.js';

/** The words that a shell makes of a line. */
const splitByShell = (line: string): string[] =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

/** What the command line hands to `fit`. */
const parseCommand = (line: string): { data: string | undefined; flags: FitFlags } => {
  const [program, ...words] = splitByShell(line);
  expect(program).toBe('regraft');
  const received: { data: string | undefined; flags: FitFlags }[] = [];
  const regraft = createProgram();
  regraft.commands
    .find((command) => command.name() === 'fit')!
    .action((data: string | undefined, flags: FitFlags) => {
      received.push({ data, flags });
    });
  regraft.parse(words, { from: 'user' });
  return received[0]!;
};

const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((text) => !text.includes('\0'));

const path = word.map((text) => resolve('/', text)).filter((text) => text !== '/');
const folder = path.filter((text) => !text.toLowerCase().endsWith('.csv'));
const csv = path.map((text) => `${text}.csv`);

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const layerDecay = optional(fc.double({ min: 0, max: 1, minExcluded: true, noNaN: true }));

/** Every recipe that flags can say: no rate for a single block, no strength of an augmentation or of mixing. */
const recipes = fc
  .record({
    data: fc.oneof(fc.record({ folder, test: optional(path) }), fc.record({ csv, test: optional(path) })),
    start: fc.oneof(
      fc.constant({ kind: 'backbone' as const, name: defaultBackbone }),
      fc.record({ kind: fc.constant('backbone' as const), name: word }),
      fc.record({ kind: fc.constant('version' as const), id: word }),
    ),
    head: fc.constantFrom('auto' as const, 'keep' as const, 'replace' as const, 'extend' as const),
    freeze: fc.oneof(
      fc.record({ kind: fc.constant('head-only' as const), layerDecay }),
      fc.record({ kind: fc.constant('all' as const), layerDecay }),
      fc.record({ kind: fc.constant('last' as const), count: fc.integer({ min: 1, max: 99 }), layerDecay }),
      fc.record({
        layerDecay,
        kind: fc.constant('from' as const),
        block: fc
          .oneof(fc.constantFrom('stem', 'block-13', 'head-conv'), word)
          .filter((name) => !/^(none|all|\d+)$/.test(name)),
      }),
    ),
    augment: fc.option(fc.record({ views: fc.integer({ min: 2, max: 64 }) })),
    training: fc.record({
      epochs: optional(fc.integer({ min: 1, max: 1e6 })),
      batchSize: optional(fc.integer({ min: 1, max: 1e6 })),
      learningRate: optional(
        fc.oneof(fc.constant('auto' as const), fc.double({ min: 0, max: 10, noNaN: true })),
      ),
      unfreezing: optional(fc.constantFrom('together' as const, 'gradual' as const)),
      ema: optional(fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true })),
      mix: optional(
        fc.oneof(
          fc.constant(null),
          fc.record({ kind: fc.constant('mixup' as const) }),
          fc.record({ kind: fc.constant('cutmix' as const) }),
        ),
      ),
    }),
    seed: optional(fc.nat()),
    name: optional(word),
  })
  .map((recipe): RecipeInput => recipe);

test('the command of a recipe, typed into a shell, makes the same recipe', () => {
  fc.assert(
    fc.property(recipes, (input) => {
      const recipe = parseRecipe(JSON.parse(JSON.stringify(input)));
      const { data, flags } = parseCommand(commandOfRecipe(recipe));
      expect(parseRecipe(recipeFromFlags(data, flags))).toEqual(recipe);
    }),
    { numRuns: 300 },
  );
});
