import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startScript } from './testing/child-process.js';
import { openTestStore, temporaryFolder } from './testing/temporary-store.js';

interface Acknowledged {
  readonly run?: number;
  readonly event?: number;
  readonly blob?: string;
  readonly checkpoint?: number;
  readonly version?: string;
  readonly keys?: readonly string[];
}

/** The name that the script gives to its activation space. */
const spaceName = createHash('sha256').update('space').digest('hex');

const killWhileWriting = async (path: string, milliseconds: number): Promise<Acknowledged[]> => {
  const child = startScript(new URL('./testing/write-until-killed.mjs', import.meta.url), [path]);
  while (child.lines().length === 0 && child.process.exitCode === null) await sleep(5);
  await sleep(milliseconds);
  child.process.kill('SIGKILL');
  const { code, errors } = await child.ended;
  expect({ code, errors }).toEqual({ code: null, errors: '' });
  return child.lines().map((line) => JSON.parse(line) as Acknowledged);
};

test('a process killed at any moment leaves a whole store with everything that it acknowledged', async () => {
  const path = join(await temporaryFolder(), '.regraft');
  let acknowledged = 0;
  // On a busy machine a round may end before much was written.
  for (let round = 0; round < 20 || acknowledged <= 100; round++) {
    const facts = await killWhileWriting(path, Math.random() * 120);
    acknowledged += facts.length;
    const store = await openTestStore(path, { mode: 'existing' });
    const report = await store.check({ graceMilliseconds: 0 });
    expect(report.problems).toEqual([]);

    const run = facts[0]!.run!;
    expect((await store.runs.sweep()).map(({ id }) => id)).toEqual([run]);
    const space = await store.activations.open({ space: spaceName, rowLength: 64 });
    const events = await store.events.list(run, { limit: 1_000_000 });
    const checkpoint = (await store.runs.get(run)).checkpointDetails as { round: number } | null;
    for (const fact of facts) {
      if (fact.event !== undefined) expect(events.some(({ id }) => id === fact.event)).toBe(true);
      if (fact.blob !== undefined) await store.blobs.get(fact.blob);
      if (fact.version !== undefined) await store.versions.readFile(fact.version, 'weights.bin');
      if (fact.keys !== undefined) expect(await space.missing(fact.keys)).toEqual([]);
      if (fact.checkpoint !== undefined) expect(checkpoint!.round).toBeGreaterThanOrEqual(fact.checkpoint);
    }
    await store.close();
  }

  const store = await openTestStore(path);
  await store.gc({ graceMilliseconds: 0 });
  expect(await store.check({ graceMilliseconds: 0 })).toMatchObject({
    healthy: true,
    problems: [],
    litter: [],
  });
});
