import type { Action, TogetherVerdict, Verdict } from '@regraft/core';
import { expect, onTestFinished, test } from 'vitest';
import { parseRecipe } from '../recipe/parse-recipe.js';
import { unmeasured } from '../testing/advice-evidence.js';
import { testStore } from '../testing/fit-version.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import type { AdviceResult } from './run-event.js';
import { describeRun, listRunSummaries } from './run-summary.js';

const recipe = parseRecipe({
  data: { folder: '/photos', rename: { Ants: 'ants' } },
  start: { kind: 'version', id: 'v1' },
  freeze: { kind: 'auto', budgetSeconds: 60 },
});

const verdictOf = (action: Action): Verdict => ({
  format: 1,
  headline: 'Do it.',
  recommendation: { action, reasons: [{ kind: 'too-few-to-tell', n: 1 }], confidence: 'low' },
  reasons: [],
  command: null,
  evidence: unmeasured,
  seconds: 2,
  createdAt: '2026-11-25T00:00:00.000Z',
});

const together: TogetherVerdict = {
  format: 1,
  headline: 'Train one head on both.',
  reasons: [],
  recommended: 'joint',
  commands: ['regraft fit /a --also /b'],
  start: 'v1',
  data: ['/a', '/b'],
  labels: [['a'], ['b']],
  strategies: [],
  lost: null,
  notTried: [],
  seconds: 2,
  createdAt: '2026-11-25T00:00:00.000Z',
};

/** A store with one advice, which came to this. */
const advised = async (found: Pick<AdviceResult, 'together' | 'verdict'> | null) => {
  const store = await testStore(temporaryFolder());
  onTestFinished(() => store.close());
  const { id } = await store.runs.create({ kind: 'advise', recipe });
  await store.runs.claim(id, {});
  if (found) await store.runs.finish(id, { result: { run: id, dataset: 1, seconds: 2, ...found } });
  return store;
};

test.each<[Action, string]>([
  [{ kind: 'keep' }, 'keep'],
  [{ kind: 'head-only' }, 'head only'],
  [{ kind: 'last', blocks: 4 }, 'last 4 blocks'],
  [{ kind: 'all' }, 'all blocks'],
  [{ kind: 'collect-more' }, 'more images'],
  [{ kind: 'from-scratch' }, 'from scratch'],
  [{ kind: 'other-backbone', backbone: 'other.net' }, 'other.net'],
])('an advice that came to %o is listed as such', async (action, advice) => {
  const store = await advised({ verdict: verdictOf(action), together: null });
  const [summary] = await listRunSummaries(store);
  expect(summary).toMatchObject({ kind: 'advise', advice, version: null, accuracy: null, seconds: 2 });
});

test('an advice on two data sets is listed with the way to go', async () => {
  const store = await advised({ verdict: null, together });
  expect((await listRunSummaries(store))[0]!.advice).toBe('one joint head');
  expect(await describeRun(store, 1)).toMatchObject({ together, verdict: null });
});

test('an advice that is not over has none yet, and the command that repeats it', async () => {
  const store = await advised(null);
  expect(await describeRun(store, 1)).toMatchObject({
    advice: null,
    verdict: null,
    together: null,
    command: 'regraft advise v1 /photos --rename Ants=ants --budget 60',
  });
});
