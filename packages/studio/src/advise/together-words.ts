import type { Strategy, TogetherVerdict } from '@regraft/core';
import { formatPoints, formatShare } from '../format/number-format.js';
import { commandOfRecipe } from '../recipe/fit-flags.js';
import type { Recipe } from '../recipe/recipe.js';

/** What people call the ways to serve two data sets. */
export const strategyTitles: Readonly<Record<Strategy, string>> = {
  joint: 'one joint head',
  separate: 'a head for each',
  sequence: 'one after the other',
};

const headlines: Readonly<Record<Strategy, string>> = {
  joint:
    'Train one head on both: nothing else measurably gets more of the test images right, and nobody has to say where an image is from.',
  separate:
    'Train a head for each data set on the same trunk: that gets more of the test images right than one head for both.',
  sequence:
    'Train on the first, then on the second: that gets more of the test images right than one head for both.',
};

type Measured = Pick<TogetherVerdict, 'lost' | 'recommended' | 'strategies'>;

const commandsOf = (strategy: Strategy, recipe: Recipe): string[] => {
  const { also, ...first } = recipe.data;
  const fit = (data: Recipe['data'], change: Partial<Recipe> = {}): string =>
    commandOfRecipe({ ...recipe, head: 'replace', freeze: { kind: 'head-only' }, ...change, data });
  const second = /\.csv$/i.test(also!) ? { csv: also! } : { folder: also! };
  const head = recipe.start.kind === 'backbone' ? ('auto' as const) : ('replace' as const);
  if (strategy === 'joint') return [fit(recipe.data, { head })];
  if (strategy === 'separate') return [fit(first, { head }), fit(second, { head })];
  const after = fit(second, { head: 'extend', start: { kind: 'version', id: 'VERSION' }, replay: 0 });
  return [fit(first, { head }), `${after}   # VERSION: the one that the first command makes`];
};

/** A verdict on two data sets in words and commands. */
export const describeTogether = (
  { lost, recommended, strategies }: Measured,
  recipe: Recipe,
): Pick<TogetherVerdict, 'commands' | 'headline' | 'reasons'> => {
  const compared = strategies.flatMap(({ strategy, difference }) =>
    difference === null
      ? []
      : [
          `Against one joint head, ${strategyTitles[strategy]}: ${formatPoints(difference[0])} on the first (n ${difference[0].n}), ${formatPoints(difference[1])} on the second (n ${difference[1].n}).`,
        ],
  );
  const joint = strategies.find(({ strategy }) => strategy === 'joint')!;
  return {
    headline: headlines[recommended],
    reasons: [
      `One joint head is right for ${formatShare(joint.accuracy[0])} of the first and ${formatShare(joint.accuracy[1])} of the second.`,
      ...compared,
      ...(lost ? [`When the second comes after the first, the first loses: ${formatPoints(lost)}.`] : []),
    ],
    commands: commandsOf(recommended, recipe),
  };
};
