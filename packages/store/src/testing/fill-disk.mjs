// Writes until the disk is full, then goes on once there is room again: node fill-disk.mjs STORE ACKNOWLEDGED [BALLAST]
// With BALLAST, a file that is removed to make room; without, every further write of this process is to fail.
import { randomBytes } from 'node:crypto';
import { appendFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '@regraft/store';

const [path, acknowledgedPath, ballast] = process.argv.slice(2);
const acknowledge = (fact) => appendFileSync(acknowledgedPath, `${JSON.stringify(fact)}\n`);
const outcomeOf = (work) =>
  work().then(
    () => 'done',
    (error) => error.code ?? error.message,
  );

const store = await openStore(path);
const { id } = await store.runs.create({ kind: 'fit', recipe: {} });
await store.runs.claim(id);
const space = await store.activations.open({ space: 'f'.repeat(64), rowLength: 100_000 });
const writes = {
  blob: async () => {
    for (let bytes = 65_536; ; bytes *= 2)
      acknowledge({ blob: (await store.blobs.put(randomBytes(bytes))).sha256 });
  },
  events: async () => {
    for (;;)
      acknowledge({ run: id, event: await store.events.append(id, [randomBytes(20_000).toString('hex')]) });
  },
  version: async () => {
    const files = { 'weights.bin': randomBytes(4_000_000) };
    const made = await store.versions.create({ labels: [], files, card: {}, metrics: {} });
    acknowledge({ version: made.id });
  },
  activations: async () => {
    const rows = Array.from({ length: 10 }, () => ({
      key: randomBytes(32).toString('hex'),
      values: new Float32Array(100_000),
    }));
    await space.append(rows);
  },
};

const outcomes = {};
for (const [name, write] of Object.entries(writes)) outcomes[name] = await outcomeOf(write);
const temporary = readdirSync(join(path, 'tmp'));
const shards = readdirSync(join(path, 'activations'));
if (ballast) {
  outcomes.newStore = await outcomeOf(() => openStore(`${path}-new`));
  rmSync(ballast);
  const files = { 'weights.bin': randomBytes(1000) };
  const made = await store.versions.create({ labels: [], files, card: {}, metrics: {} });
  acknowledge({ version: made.id });
  acknowledge({ run: id, event: await store.events.append(id, ['there is room again']) });
  await (await openStore(`${path}-new`)).close();
}
await store.close();
process.stdout.write(`${JSON.stringify({ outcomes, temporary, shards })}\n`);
