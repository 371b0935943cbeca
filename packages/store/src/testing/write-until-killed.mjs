// Writes into a store until it is killed, and says what is stored: node write-until-killed.mjs STORE
import { createHash, randomBytes } from 'node:crypto';
import { openStore } from '@regraft/store';

const hash = (content) => createHash('sha256').update(content).digest('hex');
const acknowledge = (fact) => process.stdout.write(`${JSON.stringify(fact)}\n`);

const store = await openStore(process.argv[2]);
const { id } = await store.runs.create({ kind: 'fit', recipe: {} });
await store.runs.claim(id);
const space = await store.activations.open({ space: hash('space'), rowLength: 64 });
acknowledge({ run: id });
for (let round = 0; ; round++) {
  acknowledge({ event: await store.events.append(id, [{ round }, { round, second: true }]), run: id });
  const content = randomBytes(20_000);
  acknowledge({ blob: (await store.blobs.put(content)).sha256 });
  await store.runs.setCheckpoint(id, randomBytes(5_000), { round });
  acknowledge({ checkpoint: round, run: id });
  const files = { 'weights.bin': content, 'model.json': Buffer.from(`{"round":${round}}`) };
  const version = await store.versions.create({
    runId: id,
    labels: ['a'],
    files,
    card: { round },
    metrics: {},
  });
  acknowledge({ version: version.id });
  const keys = Array.from({ length: 8 }, () => hash(randomBytes(8)));
  await space.append(keys.map((key, index) => ({ key, values: new Float32Array(64).fill(index) })));
  acknowledge({ keys });
}
