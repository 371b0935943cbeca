import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import {
  commandOfAdvice,
  commandOfRecipe,
  defaultBackbone,
  type FitFlags,
  parseRecipe,
  type Recipe,
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

/** What the command line hands to a command: its arguments, then its options. */
const parseCommand = (line: string, name: 'advise' | 'fit'): unknown[] => {
  const [program, ...words] = splitByShell(line);
  expect(program).toBe('regraft');
  const received: unknown[] = [];
  const regraft = createProgram();
  regraft.commands
    .find((command) => command.name() === name)!
    .action((...given: unknown[]) => {
      received.push(...given);
    });
  regraft.parse(words, { from: 'user' });
  return received;
};

const recipeOfFit = (line: string): Recipe => {
  const [data, flags] = parseCommand(line, 'fit') as [string, FitFlags];
  return parseRecipe(recipeFromFlags(data, flags));
};

const recipeOfAdvice = (line: string): Recipe => {
  const [from, data, also, options] = parseCommand(line, 'advise') as [string, string, string?, FitFlags?];
  const second = also === undefined ? {} : { also };
  return parseRecipe(recipeFromFlags(data, { ...options, ...second, from, depth: 'auto' }));
};

const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((text) => !text.includes('\0'));

const path = word.map((text) => resolve('/', text)).filter((text) => text !== '/');
const folder = path.filter((text) => !text.toLowerCase().endsWith('.csv'));
const csv = path.map((text) => `${text}.csv`);

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** `old=new` can't say an old name with the sign in it. */
const rename = optional(
  fc.dictionary(
    word.filter((text) => !/=|__proto__/.test(text)),
    word,
    { minKeys: 1, maxKeys: 3 },
  ),
);

const data = fc.oneof(
  fc.record({ folder, test: optional(path), also: optional(path), rename }),
  fc.record({ csv, test: optional(path), also: optional(path), rename }),
);

const autoDepth = fc.record({
  kind: fc.constant('auto' as const),
  budgetSeconds: optional(fc.oneof(fc.constantFrom(0.01, 1.5, 300), fc.integer({ min: 1, max: 1e6 }))),
});

const layerDecay = optional(fc.double({ min: 0, max: 1, minExcluded: true, noNaN: true }));

/** Every recipe that flags can say: no rate for a single block, no strength of an augmentation or of mixing. */
const recipes = fc
  .record({
    data,
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

/** As JSON has it. */
const withoutUndefined = (recipe: object): unknown => JSON.parse(JSON.stringify(recipe));

test('the command of a recipe, typed into a shell, makes the same recipe', () => {
  fc.assert(
    fc.property(recipes, (input) => {
      const recipe = parseRecipe(withoutUndefined(input));
      expect(recipeOfFit(commandOfRecipe(recipe))).toEqual(recipe);
    }),
    { numRuns: 300 },
  );
});

test('so does the command of a fit whose depth is chosen', () => {
  fc.assert(
    fc.property(recipes, autoDepth, (input, freeze) => {
      const together = { ...input.training, unfreezing: 'together' as const };
      const recipe = parseRecipe(withoutUndefined({ ...input, freeze, training: together }));
      expect(recipeOfFit(commandOfRecipe(recipe))).toEqual(recipe);
    }),
    { numRuns: 60 },
  );
});

test('so does the command of a training from scratch', () => {
  const scratch = fc.record({
    fromScratch: fc.constant(true),
    epochs: optional(fc.integer({ min: 1, max: 99 })),
    batchSize: optional(fc.integer({ min: 1, max: 99 })),
    learningRate: optional(fc.double({ min: 0, max: 10, noNaN: true })),
  });
  fc.assert(
    fc.property(recipes, scratch, (input, flags) => {
      const base = { ...input, training: { ...input.training, unfreezing: 'together' as const } };
      const recipe = parseRecipe(withoutUndefined(recipeFromFlags(undefined, flags, { base })));
      expect(recipeOfFit(commandOfRecipe(recipe))).toEqual(recipe);
    }),
    { numRuns: 60 },
  );
});

test('the command of an advice, typed into a shell, asks for the same advice', () => {
  const advices = fc.record({
    data,
    id: fc.nat().map((number) => `v${number}`),
    freeze: autoDepth,
    epochs: optional(fc.integer({ min: 1, max: 99 })),
    seed: optional(fc.nat()),
  });
  fc.assert(
    fc.property(advices, ({ id, epochs, ...rest }) => {
      const start = { kind: 'version' as const, id };
      const recipe = parseRecipe(withoutUndefined({ ...rest, start, training: { epochs } }));
      expect(recipeOfAdvice(commandOfAdvice(recipe))).toEqual(recipe);
    }),
    { numRuns: 100 },
  );
});

test('what a word of training says wins over what from-scratch stands for', () => {
  const recipe = recipeOfFit(
    'regraft fit photos --from-scratch --batch-size 8 --learning-rate 0.01 --epochs 3',
  );
  expect(recipe).toMatchObject({
    untrained: true,
    freeze: { kind: 'all' },
    training: { batchSize: 8, learningRate: 0.01, epochs: 3, batchNorm: 'train', headFirst: false },
  });
  expect(recipeOfFit(commandOfRecipe(recipe))).toEqual(recipe);
});

test.each([
  ['fit photos --depth auto --unfreeze 2', /--depth <how>.*cannot be used with.*--unfreeze/],
  ['fit photos --from-scratch --unfreeze 2', /--from-scratch.*cannot be used with.*--unfreeze/],
  ['fit photos --from-scratch --depth auto', /cannot be used with/],
  ['fit photos --depth auto --budget soon', /It must be a time, as 90s, 5m or 1h/],
  ['fit photos --depth auto --budget 0', /It must be a time/],
  ['fit photos --rename auto', /It must be old=new/],
  ['advise v1 photos --rename auto --rename Ants=ants', /It must be auto, or old=new/],
  ['advise v1 photos --rename Ants', /It must be old=new/],
])('regraft %s is refused', (line, message) => {
  const regraft = createProgram();
  const refuse = () => regraft.parse(line.split(' '), { from: 'user' });
  for (const command of regraft.commands) command.configureOutput({ writeErr: () => undefined });
  expect(refuse).toThrow(message);
});
