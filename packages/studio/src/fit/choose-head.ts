import type { HeadPlan } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import type { Recipe } from '../recipe/recipe.js';

/** What becomes of a head. */
export type HeadKind = HeadPlan['kind'];

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((label) => b.includes(label));

/**
 * A head is kept when the labels are the same and replaced otherwise, unless the recipe says what to do.
 *
 * @param known the labels of the version that the run starts from; null for a backbone
 */
export const chooseHead = (
  { head }: Pick<Recipe, 'head'>,
  known: readonly string[] | null,
  labels: readonly string[],
): HeadKind => {
  if (known === null) {
    if (head === 'auto' || head === 'replace') return 'replace';
    throw new RegraftError({
      code: 'recipe-invalid',
      message: `Only the head of a stored version can be kept or extended. Received: --head ${head} on a backbone`,
      hint: 'Name a version with --from, or leave --head away.',
    });
  }
  if (head !== 'auto') return head;
  return sameSet(known, labels) ? 'keep' : 'replace';
};
