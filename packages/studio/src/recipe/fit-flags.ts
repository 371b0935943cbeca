import { resolve } from 'node:path';
import { dataLocation } from '../data/data-location.js';
import { fromScratch } from './from-scratch.js';
import { parseRecipe } from './parse-recipe.js';
import { quoteWord } from './quote-word.js';
import { type Recipe, type RecipeInput, standardBudgetSeconds } from './recipe.js';

/** The backbone that needs no download. */
export const defaultBackbone = 'mobilenet-v2.openimages';

/** What the options of `regraft fit` say, as a command line gives them. */
export interface FitFlags {
  readonly backbone?: string;
  readonly from?: string;
  readonly head?: 'keep' | 'replace' | 'extend';
  /** Old training images of each class. */
  readonly replay?: number;
  readonly unfreeze?: string;
  /** `auto`: several depths are compared, and the best is kept. */
  readonly depth?: 'auto';
  /** Seconds for that. */
  readonly budget?: number;
  /** The architecture without its weights. */
  readonly fromScratch?: boolean;
  /** Lower blocks join later. */
  readonly gradual?: boolean;
  readonly layerDecay?: number;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly learningRate?: number;
  readonly ema?: number;
  readonly mix?: 'cutmix' | 'mixup';
  /** `true` for the default number of views. */
  readonly augment?: number | true;
  readonly test?: string;
  /** A second data set. */
  readonly also?: string;
  /** Other names for labels. */
  readonly rename?: Readonly<Record<string, string>>;
  readonly seed?: number;
  readonly name?: string;
}

type FreezePlanInput = NonNullable<RecipeInput['freeze']>;

const freezePlanOf = (unfreeze: string): FreezePlanInput => {
  if (unfreeze === 'none' || unfreeze === '0') return { kind: 'head-only' };
  if (unfreeze === 'all') return { kind: 'all' };
  if (/^\d+$/.test(unfreeze)) return { kind: 'last', count: Number(unfreeze) };
  return { kind: 'from', block: unfreeze };
};

const unfreezeOf = (plan: Recipe['freeze']): string | undefined => {
  switch (plan.kind) {
    case 'auto':
      return undefined;
    case 'head-only':
      return 'none';
    case 'all':
      return 'all';
    case 'last':
      return String(plan.count);
    case 'from':
      return plan.block;
  }
};

const withoutUndefined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;

/** The plan that flags say; a decay of rates goes with whatever blocks train. */
const freezeOf = (
  { unfreeze, layerDecay, depth, budget }: FitFlags,
  base: RecipeInput['freeze'],
): RecipeInput['freeze'] => {
  if (depth === 'auto') return withoutUndefined({ kind: 'auto' as const, budgetSeconds: budget });
  if (unfreeze === undefined && base?.kind === 'auto') return base;
  const plan = unfreeze === undefined ? base : freezePlanOf(unfreeze);
  const decay = layerDecay ?? (base?.kind === 'auto' ? undefined : base?.layerDecay);
  return decay === undefined || plan?.kind === 'auto'
    ? plan
    : { ...(plan ?? { kind: 'head-only' }), layerDecay: decay };
};

/**
 * The recipe that a `regraft fit` command line means; paths become absolute.
 *
 * @param base a recipe that the flags override, as from `--recipe`
 * @example recipeFromFlags('photos', { unfreeze: '2' })
 */
export const recipeFromFlags = (
  data: string | undefined,
  flags: FitFlags,
  { base, cwd = process.cwd() }: { base?: RecipeInput; cwd?: string } = {},
): RecipeInput => {
  const source =
    data === undefined
      ? base?.data
      : {
          test: base?.data?.test,
          also: base?.data?.also,
          rename: base?.data?.rename,
          ...dataLocation(data, cwd),
        };
  const test = flags.test === undefined ? undefined : resolve(cwd, flags.test);
  const also = flags.also === undefined ? undefined : resolve(cwd, flags.also);
  const start: RecipeInput['start'] =
    flags.from !== undefined
      ? { kind: 'version', id: flags.from }
      : flags.backbone !== undefined
        ? { kind: 'backbone', name: flags.backbone }
        : (base?.start ?? { kind: 'backbone', name: defaultBackbone });
  const training: RecipeInput['training'] = withoutUndefined({
    epochs: flags.epochs,
    batchSize: flags.batchSize,
    learningRate: flags.learningRate,
    unfreezing: flags.gradual ? ('gradual' as const) : undefined,
    ema: flags.ema,
    mix: flags.mix && { kind: flags.mix },
  });
  const recipe: RecipeInput = withoutUndefined({
    ...base,
    data: withoutUndefined({
      ...source,
      ...(test === undefined ? {} : { test }),
      ...(also === undefined ? {} : { also }),
      ...(flags.rename === undefined ? {} : { rename: flags.rename }),
    }),
    start,
    head: flags.head ?? base?.head,
    replay: flags.replay ?? base?.replay,
    freeze: freezeOf(flags, base?.freeze),
    augment:
      flags.augment === undefined ? base?.augment : flags.augment === true ? {} : { views: flags.augment },
    training: { ...base?.training, ...training },
    seed: flags.seed ?? base?.seed,
    name: flags.name ?? base?.name,
  });
  if (!flags.fromScratch) return recipe;
  const scratch = fromScratch(parseRecipe(recipe));
  return { ...scratch, training: { ...scratch.training, ...training } };
};

/**
 * The `regraft fit` command line that repeats a recipe. What flags can't say (a per-block learning rate, say) needs
 * `--recipe`; see `regraft show RUN --json`.
 *
 * @example commandOfRecipe(recipe) // "regraft fit photos --unfreeze 2 --seed 7"
 */
export const commandOfRecipe = (recipe: Recipe): string => {
  const standard = parseRecipe({ data: recipe.data, start: recipe.start });
  const defaults = recipe.untrained ? fromScratch(standard) : standard;
  const words = ['regraft', 'fit', recipe.data.folder ?? recipe.data.csv ?? ''];
  const flag = (name: string, value: string | number | undefined, standard?: unknown) => {
    if (value !== undefined && value !== standard) words.push(`--${name}`, String(value));
  };
  if (recipe.start.kind === 'version') flag('from', recipe.start.id);
  else flag('backbone', recipe.start.name, defaultBackbone);
  flag('head', recipe.head === defaults.head ? undefined : recipe.head);
  flag('replay', recipe.replay, 'auto');
  if (recipe.untrained) words.push('--from-scratch');
  else flag('unfreeze', unfreezeOf(recipe.freeze), 'none');
  if (recipe.training.unfreezing === 'gradual') words.push('--gradual');
  if (recipe.freeze.kind === 'auto') {
    words.push('--depth', 'auto');
    flag('budget', recipe.freeze.budgetSeconds, standardBudgetSeconds);
  } else flag('layer-decay', recipe.freeze.layerDecay);
  flag('epochs', recipe.training.epochs, defaults.training.epochs);
  flag('batch-size', recipe.training.batchSize, defaults.training.batchSize);
  flag('learning-rate', recipe.training.learningRate, defaults.training.learningRate);
  flag('ema', recipe.training.ema ?? undefined);
  flag('mix', recipe.training.mix?.kind);
  flag('augment', recipe.augment?.views);
  flag('also', recipe.data.also);
  flag('test', recipe.data.test);
  for (const [from, to] of Object.entries(recipe.data.rename ?? {})) words.push('--rename', `${from}=${to}`);
  flag('seed', recipe.seed, defaults.seed);
  flag('name', recipe.name);
  return words.map(quoteWord).join(' ');
};

/**
 * The `regraft advise` command line that repeats an advice.
 *
 * @example commandOfAdvice(recipe) // "regraft advise v3 new-photos"
 */
export const commandOfAdvice = ({ start, data, freeze, training, seed }: Recipe): string => {
  const standard = parseRecipe({ data, start });
  const words = ['regraft', 'advise', start.kind === 'version' ? start.id : start.name];
  words.push(data.folder ?? data.csv ?? '');
  if (data.also !== undefined) words.push(data.also);
  if (data.test !== undefined) words.push('--test', data.test);
  for (const [from, to] of Object.entries(data.rename ?? {})) words.push('--rename', `${from}=${to}`);
  if (freeze.kind === 'auto' && freeze.budgetSeconds !== standardBudgetSeconds)
    words.push('--budget', String(freeze.budgetSeconds));
  if (training.epochs !== standard.training.epochs) words.push('--epochs', String(training.epochs));
  if (seed !== 0) words.push('--seed', String(seed));
  return words.map(quoteWord).join(' ');
};
