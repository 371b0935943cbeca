// Claims a run, tells an event and waits to be killed: node claim-run.mjs STORE RUN
import { openStore } from '@regraft/store';

const store = await openStore(process.argv[2]);
const id = Number(process.argv[3]);
await store.runs.claim(id);
await store.events.append(id, [{ type: 'claimed' }]);
process.stdout.write('claimed\n');
setInterval(() => {}, 1000);
