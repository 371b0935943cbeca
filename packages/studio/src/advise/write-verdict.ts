import type { Action, Evidence, Recommendation, Verdict } from '@regraft/core';
import { armTitle } from '../depth/arm-title.js';
import { commandOfRecipe } from '../recipe/fit-flags.js';
import { fromScratch } from '../recipe/from-scratch.js';
import type { FixedRecipe, Recipe } from '../recipe/recipe.js';
import { headline, reasonText } from './verdict-words.js';

const mostReasons = 3;

/** The recipe that an action stands for; null where there is nothing to train. */
const recipeOf = (action: Action, recipe: Recipe, { referee }: Evidence): FixedRecipe | null => {
  switch (action.kind) {
    case 'keep':
    case 'collect-more':
      return null;
    case 'head-only':
      return { ...recipe, freeze: { kind: 'head-only' } };
    case 'last':
      return { ...recipe, freeze: { kind: 'last', count: action.blocks } };
    case 'all':
      return { ...recipe, freeze: { kind: 'all' } };
    case 'from-scratch':
      return fromScratch(recipe, referee?.arm.epochs);
    case 'other-backbone':
      return {
        ...recipe,
        start: { kind: 'backbone', name: action.backbone },
        head: 'auto',
        freeze: { kind: 'head-only' },
      };
  }
};

const armsLeftOut = ({ arms }: Evidence): string[] =>
  arms
    .filter(({ status }) => status === 'out-of-time')
    .map(({ name, epochs }) =>
      epochs === 0
        ? `${armTitle(name)}: no time for it`
        : `${armTitle(name)}, to the end: no time after ${epochs} epochs`,
    );

/** Puts evidence and what follows from it into words and a command. */
export const writeVerdict = (
  measured: Evidence,
  recommendation: Recommendation,
  { recipe, seconds }: { readonly recipe: Recipe; readonly seconds: number },
): Verdict => {
  const evidence = { ...measured, notTried: [...armsLeftOut(measured), ...measured.notTried] };
  const fixed = recipeOf(recommendation.action, recipe, evidence);
  return {
    format: 1,
    headline: headline(recommendation, evidence),
    recommendation,
    reasons: recommendation.reasons.slice(0, mostReasons).map(reasonText),
    command: fixed && commandOfRecipe(fixed),
    evidence,
    seconds,
    createdAt: new Date().toISOString(),
  };
};
