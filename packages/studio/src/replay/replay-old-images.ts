import type { Store } from '@regraft/store';
import type { Manifest } from '../data/manifest.js';
import { readManifest } from '../data/read-manifest.js';
import { chooseHead } from '../fit/choose-head.js';
import type { Recipe } from '../recipe/recipe.js';
import { parseCard } from '../versions/parse-card.js';
import { imagesPerClass } from './images-per-class.js';
import { joinReplayed } from './join-replayed.js';

/** The images of a run: those that were scanned and, where its recipe replays some, old ones beside them. */
export const replayOldImages = async (store: Store, recipe: Recipe, scanned: Manifest): Promise<Manifest> => {
  const { start, replay, seed } = recipe;
  const parent = start.kind === 'version' ? parseCard(await store.versions.get(start.id)) : null;
  const perClass = imagesPerClass(replay, chooseHead(recipe, parent?.labels ?? null, scanned.labels));
  if (perClass === 0 || parent === null) return scanned;
  return joinReplayed(scanned, await readManifest(store, parent.dataset), { perClass, seed });
};
