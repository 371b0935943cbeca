import type { Store } from '@regraft/store';
import { expect, onTestFinished, test } from 'vitest';
import { testStore } from '../testing/fit-version.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import type { ArmOutcome } from './arm-outcome.js';
import type { DepthDecision } from './depth-decision.js';
import { type CheckpointDetails, readArms, readTraining, writeArms } from './run-checkpoint.js';

const claimedRun = async (): Promise<{ store: Store; id: number }> => {
  const store = await testStore(temporaryFolder());
  onTestFinished(() => store.close());
  const { id } = await store.runs.create({ kind: 'fit', recipe: {} });
  await store.runs.claim(id, {});
  return { store, id };
};

const metric = { value: 0.75, low: 0.4, high: 0.95, n: 4, method: 'score' as const };

const outcome = (name: string, status: ArmOutcome['status']): ArmOutcome => ({
  name,
  blocks: name === 'head' ? 0 : 2,
  status,
  history: [
    {
      phase: 'head',
      epoch: 1,
      epochs: 10,
      loss: 0.1 + 0.2,
      accuracy: 0.75,
      validation: { loss: 1 / 3, accuracy: 0.5 },
      learningRate: null,
      seconds: 0.25,
    },
  ],
  seconds: 1.5,
  measured:
    status === 'finished'
      ? {
          train: metric,
          validation: metric,
          test: null,
          gap: { value: 0, low: -0.1, high: 0.1, n: [4, 4] },
          outcomes: { validation: { correct: [1, 1, 1, 0], loss: [0.1, 0.2, 1e-7, 2 / 3] }, test: null },
        }
      : null,
  repeats: [],
});

const decision: DepthDecision = {
  chosen: 'last-2',
  plan: { kind: 'last', count: 2 },
  choice: null,
  arms: [],
  skipped: null,
  seconds: 3,
};

test('arms come back as they were kept, to the last bit, but for those that had no time', async () => {
  const { store, id } = await claimedRun();
  const [head, dropped] = [outcome('head', 'finished'), outcome('last-2', 'dropped')];
  await writeArms(store, id, [head, dropped, outcome('all', 'out-of-time')]);
  const run = await store.runs.get(id);
  expect(await readArms(store, run)).toEqual([head, dropped]);
  expect(await readTraining(store, run)).toBeNull();
});

test('a run without a checkpoint has neither arms nor a training', async () => {
  const { store, id } = await claimedRun();
  const run = await store.runs.get(id);
  expect(await readArms(store, run)).toEqual([]);
  expect(await readTraining(store, run)).toBeNull();
});

test('a training keeps the depth that was chosen for it, and is not taken for arms', async () => {
  const { store, id } = await claimedRun();
  const details: CheckpointDetails = { holds: 'training', depth: decision };
  await store.runs.setCheckpoint(id, Uint8Array.of(1, 2, 3), details);
  const run = await store.runs.get(id);
  const training = (await readTraining(store, run))!;
  expect([...training.state]).toEqual([1, 2, 3]);
  expect(training.depth).toEqual(decision);
  expect(await readArms(store, run)).toEqual([]);
});

test('a checkpoint of an earlier version, which says nothing of itself, is a training', async () => {
  const { store, id } = await claimedRun();
  await store.runs.setCheckpoint(id, Uint8Array.of(1));
  expect(await readTraining(store, await store.runs.get(id))).toMatchObject({ depth: null });
});
