import { expect, test } from 'vitest';
import { startScript } from '../testing/child-process.js';
import { collect, openTestStore, temporaryStore } from '../testing/temporary-store.js';

test('events come in the order of their telling, in pages', async () => {
  const store = await temporaryStore();
  await store.runs.create({ kind: 'fit', recipe: {} });
  await store.runs.create({ kind: 'fit', recipe: {} });
  const first = await store.events.append(1, [{ type: 'a' }, { type: 'b' }]);
  await store.events.append(2, [{ type: 'of another run' }]);
  const last = await store.events.append(1, [{ type: 'c', text: 'ä\0花' }]);
  expect(await store.events.append(1, [])).toBe(0);
  const all = await store.events.list(1);
  expect(all.map(({ event }) => event)).toEqual([{ type: 'a' }, { type: 'b' }, { type: 'c', text: 'ä\0花' }]);
  expect(all.map(({ id }) => id).slice(1)).toEqual([first, last]);
  expect(await store.events.list(1, { after: first })).toEqual(all.slice(2));
  expect(await store.events.list(1, { limit: 1 })).toEqual(all.slice(0, 1));
});

test('events of a run that is not there are refused, and so is what is not JSON, with all that came with it', async () => {
  const store = await temporaryStore();
  await expect(store.events.append(1, [{}])).rejects.toMatchObject({ code: 'record-not-found' });
  await store.runs.create({ kind: 'fit', recipe: {} });
  await expect(store.events.append(1, [{}, undefined])).rejects.toThrow(TypeError);
  expect(await store.events.list(1)).toEqual([]);
  await expect(store.events.follow(2).next()).rejects.toMatchObject({ code: 'record-not-found' });
});

test('a follower gets what is told meanwhile, and ends with the run', async () => {
  const store = await temporaryStore();
  const writer = await openTestStore(store.path);
  await store.runs.create({ kind: 'fit', recipe: {} });
  const count = 2500;
  const write = async (): Promise<void> => {
    await writer.runs.claim(1);
    for (let index = 0; index < count; index += 50) {
      await writer.events.append(
        1,
        Array.from({ length: 50 }, (_, at) => index + at),
      );
    }
    await writer.runs.finish(1, {});
  };
  const [followed] = await Promise.all([collect(store.events.follow(1, { pollMilliseconds: 5 })), write()]);
  expect(followed.map(({ event }) => event)).toEqual(Array.from({ length: count }, (_, index) => index));
  const again = await collect(store.events.follow(1, { after: followed[count - 3]!.id }));
  expect(again).toEqual(followed.slice(-2));
});

test('a follower sees that the process was killed', async () => {
  const store = await temporaryStore();
  await store.runs.create({ kind: 'fit', recipe: {} });
  const child = startScript(new URL('../testing/claim-run.mjs', import.meta.url), [store.path, '1']);
  const events: unknown[] = [];
  for await (const { event } of store.events.follow(1, { pollMilliseconds: 20 })) {
    events.push(event);
    child.process.kill('SIGKILL');
  }
  await child.ended;
  expect(events).toEqual([{ type: 'claimed' }]);
  expect((await store.runs.get(1)).status).toBe('interrupted');
});

test('a follower that is aborted ends with the reason', async () => {
  const store = await temporaryStore();
  await store.runs.create({ kind: 'fit', recipe: {} });
  const following = collect(store.events.follow(1, { signal: AbortSignal.timeout(50) }));
  await expect(following).rejects.toMatchObject({ name: 'TimeoutError' });
});
