import type { Backbone } from '@regraft/core';
import type { Store } from '@regraft/store';
import { loadBackboneByName } from '../backbones/load-backbone-by-name.js';
import type { Recipe } from '../recipe/recipe.js';
import { loadVersionModel, type VersionModel } from '../versions/load-version-model.js';

/** What a run starts from: a pretrained backbone, or a version with its head. */
export type StartPoint =
  | { readonly kind: 'backbone'; readonly backbone: Backbone }
  | { readonly kind: 'version'; readonly model: VersionModel };

/** Loads what the recipe starts from. */
export const loadStartPoint = async (
  store: Store,
  { start }: Recipe,
  signal: AbortSignal,
): Promise<StartPoint> =>
  start.kind === 'version'
    ? { kind: 'version', model: await loadVersionModel(store, start.id) }
    : { kind: 'backbone', backbone: await loadBackboneByName(start.name, { signal }) };
