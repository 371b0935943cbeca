import { expect, test } from 'vitest';
import { fitVersion, testStore } from '../testing/fit-version.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { classFolders } from '../testing/test-images.js';
import { versionCardSchema } from './version-card.js';

test('a card from before trust was measured still says all the rest', async () => {
  const store = await testStore(temporaryFolder());
  const folder = temporaryFolder(await classFolders({ ants: 8, bees: 8 }));
  const { version } = await fitVersion(store, { data: { folder } });
  const card = versionCardSchema.parse((await store.versions.get(version)).card);
  const { trust, ...older } = card;
  expect(trust).not.toBeNull();
  expect(versionCardSchema.parse(older)).toEqual({ ...card, trust: null });
  await store.close();
});
