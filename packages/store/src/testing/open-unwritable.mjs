// Opens a store that must not be written, in every mode, and reads it: node open-unwritable.mjs STORE
import { join } from 'node:path';
import { openStore } from '@regraft/store';

const path = process.argv[2];
const codeOf = (work) =>
  work.then(
    () => 'opened',
    (error) => error.code ?? error.message,
  );

const outcomes = {
  create: await codeOf(openStore(path)),
  existing: await codeOf(openStore(path, { mode: 'existing' })),
  beside: await codeOf(openStore(join(path, 'new'))),
};
const store = await openStore(path, { mode: 'read-only' });
const [run] = await store.runs.list();
const content = Buffer.from(await store.versions.readFile('v1', 'weights.bin')).toString();
const { problems } = await store.check();
await store.close();
process.stdout.write(`${JSON.stringify({ outcomes, run: run.id, content, problems })}\n`);
