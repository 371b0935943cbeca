import { spawnSync } from 'node:child_process';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openStore } from '@regraft/store';
import { expect, test } from 'vitest';
import { recipeFromFlags } from '../recipe/fit-flags.js';
import { parseRecipe } from '../recipe/parse-recipe.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { explainInterruption } from './explain-interruption.js';
import { runLogPath } from './run-log-path.js';

/** A run that a process claimed, of which this was left in its log. */
const runWithLog = async (log: string, batchSize = 24) => {
  const store = await openStore(join(temporaryFolder(), 'store'));
  const recipe = parseRecipe(recipeFromFlags('photos', { batchSize }));
  const { id } = await store.runs.create({ kind: 'fit', recipe });
  await store.runs.claim(id);
  const path = runLogPath(store, id);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, log);
  return { store, id, path };
};

/** What a process says whose heap of JavaScript is full. */
const lastWordsOfFullHeap = (): string => {
  const program = 'const kept = []; for (;;) kept.push({ some: [Math.random()] });';
  const { stderr, signal } = spawnSync(process.execPath, ['--max-old-space-size=16', '-e', program], {
    encoding: 'utf8',
  });
  expect(signal).toBe('SIGABRT');
  return stderr;
};

test('a process that ended without a word may have been ended for its memory', async () => {
  const { store, id } = await runWithLog('');
  expect(await explainInterruption(store, id)).toMatchObject({
    code: 'run-interrupted',
    message: 'Run 1 ended without a word: its process is gone.',
    hint: 'Go on with: regraft resume 1. If the machine was short of memory, begin anew with --batch-size 12, or with fewer blocks to unfreeze.',
  });
});

test('a process that said so ran out of memory', async () => {
  const { store, id } = await runWithLog(lastWordsOfFullHeap(), 1);
  expect(await explainInterruption(store, id)).toMatchObject({
    code: 'out-of-memory',
    message: expect.stringMatching(
      /^A run must fit into memory\. Received: run 1, whose process ended with “.+heap out of memory”$/,
    ),
    hint: 'To take less, begin anew with fewer blocks to unfreeze.',
  });
});

test('what a process before the last one said does not count', async () => {
  const { store, id, path } = await runWithLog("terminate called after throwing 'std::bad_alloc'\n");
  expect(await explainInterruption(store, id)).toMatchObject({ code: 'out-of-memory' });
  utimesSync(path, 1, 1);
  expect(await explainInterruption(store, id)).toMatchObject({ code: 'run-interrupted' });
});
