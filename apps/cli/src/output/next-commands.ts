import {
  type AccuracyChange,
  commandOfAdvice,
  commandOfRecipe,
  parseRecipe,
  type Recipe,
  type RunResult,
} from '@regraft/studio';

const isClearlyWorse = (change: AccuracyChange | null): boolean =>
  change !== null && change.difference.high < 0;

/** Whether a version may take its parent's place: it answers the same labels, and is clearly worse on no images. */
const maySucceed = ({ parent, metrics: { improvement, forgetting } }: RunResult): boolean =>
  parent === null || (improvement !== null && ![improvement, forgetting].some(isClearlyWorse));

const autoDepth = ({ data, start }: Recipe): Recipe['freeze'] =>
  parseRecipe({ data, start, freeze: { kind: 'auto' } }).freeze;

/** The command that compares what a fit has not: what was gained and at which depth, or where only a head learned, depths. */
const comparison = ({ run, depth }: RunResult, recipe: Recipe): string => {
  if (depth === null && recipe.start.kind === 'version') return commandOfAdvice(recipe);
  return recipe.freeze.kind === 'head-only'
    ? commandOfRecipe({ ...recipe, freeze: autoDepth(recipe) })
    : `regraft show ${run}`;
};

/**
 * What to type after a fit: use the version, find out whether it was worth it, give it the name that is served if it may
 * have it.
 */
export const nextCommands = (result: RunResult, recipe: Recipe): string[] => [
  `regraft predict ${result.version} photo.jpg`,
  comparison(result, recipe),
  ...(maySucceed(result) ? [`regraft promote ${result.version}`] : []),
];
