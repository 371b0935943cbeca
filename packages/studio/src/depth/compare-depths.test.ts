import { regraft, replaceHead } from '@regraft/core';
import { expect, onTestFinished, test } from 'vitest';
import { scanDataset } from '../data/scan-dataset.js';
import { startEngine } from '../engines/start-engine.js';
import { extractFeatures } from '../fit/extract-features.js';
import { parseRecipe } from '../recipe/parse-recipe.js';
import { testStore } from '../testing/fit-version.js';
import { shapeFolders } from '../testing/shape-images.js';
import { smallModel } from '../testing/small-model.js';
import { temporaryFolder } from '../testing/temporary-folder.js';

import { compareDepths } from './compare-depths.js';
import { planArms } from './plan-arms.js';

test('test images are brought to the cut of an arm that finishes, and of no other', async () => {
  await startEngine({ engine: 'wasm' });
  const folder = temporaryFolder(await shapeFolders(['circle', 'square'], 20));
  const store = await testStore(temporaryFolder());
  onTestFinished(() => store.close());
  const manifest = await scanDataset({ folder, seed: 0 });
  const recipe = parseRecipe({
    data: { folder },
    start: { kind: 'backbone', name: 'small' },
    training: { epochs: 10, learningRate: 1e-6 },
  });
  const signal = new AbortController().signal;
  const arms = planArms((freeze) =>
    regraft(smallModel({ size: 16 }), { head: replaceHead(manifest.labels), freeze }),
  );
  const [head, deepest] = [arms[0], arms.at(-1)!];
  let asked = 0;
  const { outcomes } = await compareDepths({
    store,
    manifest,
    recipe,
    arms: [head, deepest],
    known: [],
    // Time for the first epochs of the deeper arm, and for no more.
    secondsLeft: () => (asked++ === 0 ? Infinity : 0),
    signal,
    onProgress: () => undefined,
    onOutcome: async () => undefined,
  });
  const tests = manifest.images.filter(({ split }) => split === 'test').length;
  expect(outcomes.map(({ status }) => status === 'finished')).toEqual([true, false]);
  expect(outcomes[0]!.measured!.test!.n).toBe(tests);
  const missing = async ({ model }: typeof head): Promise<number> => {
    const features = await extractFeatures({ store, model, manifest, augment: null, seed: 0, signal });
    await features.close();
    return features.cache.misses;
  };
  expect(await missing(head)).toBe(0);
  expect(await missing(deepest)).toBe(tests);
});
