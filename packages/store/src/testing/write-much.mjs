// Writes a known amount of everything into a store: node write-much.mjs STORE RUN LABEL COUNT
import { createHash } from 'node:crypto';
import { openStore } from '@regraft/store';

const [path, run, label, countText] = process.argv.slice(2);
const count = Number(countText);
const hash = (text) => createHash('sha256').update(text).digest('hex');

const store = await openStore(path);
const space = await store.activations.open({ space: hash('space'), rowLength: 16 });
for (let index = 0; index < count; index++) {
  await store.events.append(Number(run), [{ label, index }]);
  if (index % 10 === 0) {
    await store.blobs.put(Buffer.from(`shared ${index}`));
    await store.blobs.put(Buffer.from(`${label} ${index}`));
  }
  if (index % 50 === 0) {
    await store.versions.create({
      name: label,
      labels: ['a', 'b'],
      files: {
        'weights.bin': Buffer.from(`weights ${index}`),
        'model.json': Buffer.from(`${label} model ${index}`),
      },
      card: { label, index },
      metrics: {},
    });
    const rows = Array.from({ length: 20 }, (_, row) => ({
      key: hash(`${index + row}`),
      values: new Float32Array(16).fill(index + row),
    }));
    await space.append(rows);
  }
}
await store.close();
