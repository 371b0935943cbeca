/** One pass of a trunk over a folder, as a process of its own: `node src/pass.mjs FOLDER STORE [IMAGES]`. */
import { join } from 'node:path';
import { openStore } from '@regraft/store';
import { activationSpace, extractActivations, scanDataset } from '@regraft/studio/models';
import { mobilenetV2, preprocessing } from './mobilenet-v2.mjs';

const [folder, storePath, count] = process.argv.slice(2);
const store = await openStore(storePath);
const started = performance.now();
const manifest = await scanDataset({ folder, seed: 1 });
const scanned = performance.now();
const { hits, misses, close } = await extractActivations({
  images: manifest.images
    .slice(0, count === undefined ? undefined : Number(count))
    .map(({ path, sha256 }) => ({ file: join(manifest.root, path), sha256 })),
  trunk: mobilenetV2(),
  preprocessing,
  space: activationSpace({ backbone: '0'.repeat(64), cut: 'features', preprocessing }),
  activations: store.activations,
});
const extracted = performance.now();
await close();
await store.close();
console.log(
  JSON.stringify({
    hits,
    misses,
    scanSeconds: (scanned - started) / 1000,
    passSeconds: (extracted - scanned) / 1000,
  }),
);
