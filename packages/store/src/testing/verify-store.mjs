// Checks a store and what was acknowledged, then writes to it: node verify-store.mjs STORE ACKNOWLEDGED
import { readFileSync } from 'node:fs';
import { openStore } from '@regraft/store';

const [path, acknowledgedPath] = process.argv.slice(2);
const store = await openStore(path, { mode: 'existing' });
const { problems } = await store.check();
const lost = [];
for (const line of readFileSync(acknowledgedPath, 'utf8').split('\n').filter(Boolean)) {
  const { blob, run, event, version } = JSON.parse(line);
  const found =
    (blob === undefined || (await store.blobs.has(blob))) &&
    (version === undefined || (await store.versions.readFile(version, 'weights.bin')).length > 0) &&
    (event === undefined || (await store.events.list(run, { after: event - 1, limit: 1 }))[0]?.id === event);
  if (!found) lost.push(line);
}
await store.gc({ graceMilliseconds: -1000 });
await store.runs.claim((await store.runs.create({ kind: 'fit', recipe: {} })).id);
await store.blobs.put(Buffer.from('once more'));
await store.close();
process.stdout.write(`${JSON.stringify({ problems, lost })}\n`);
