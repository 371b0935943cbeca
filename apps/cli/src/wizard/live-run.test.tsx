import { RegraftError } from '@regraft/errors';
import type { RunView } from '@regraft/studio';
import { expect, test } from 'vitest';
import { fakeServices } from './testing/fake-services.js';
import { renderWizard } from './testing/render-wizard.js';

const start = { screen: 'run', run: 7 } as const;

const phase = (change: Partial<RunView['phases'][number]>): RunView['phases'][number] => ({
  phase: 'features',
  status: 'running',
  done: 0,
  total: null,
  rate: 0,
  secondsLeft: null,
  seconds: null,
  cache: null,
  ...change,
});

const epoch = (number: number, accuracy: number): RunView['epochs'][number] => ({
  phase: 'tail',
  epoch: number,
  epochs: 5,
  loss: 1 / number,
  accuracy: 0.9,
  validation: { loss: 1.2 / number, accuracy },
});

test('phases with their rate and time left, cache hits, and the curve with its best epoch', async () => {
  const phases = [
    phase({ done: 60, total: 120, rate: 30, secondsLeft: 2, cache: { hits: 10, misses: 50 } }),
    phase({ phase: 'tail', status: 'waiting' }),
  ];
  const epochs = [epoch(1, 0.7), epoch(2, 0.84), epoch(3, 0.8)];
  const wizard = renderWizard(fakeServices({ views: [{ phases, epochs }] }), start);
  await wizard.shows(/● features +█{8}░{8} 60 of 120 +50 new, 10 cached +30 images\/s +2.0 s left/);
  await wizard.shows('accuracy: validation 80.0 %, best 84.0 % in epoch 2 training 90.0 %');
  expect(wizard.screen()).toMatch(/[⠁-⣿]/);
});

test('depths that are compared, each with its epoch', async () => {
  const arms: RunView['arms'] = [
    { name: 'last-2', status: 'running', epoch: epoch(2, 0.75), summary: null },
    { name: 'all', status: 'running', epoch: null, summary: null },
  ];
  const wizard = renderWizard(fakeServices({ views: [{ arms }] }), start);
  await wizard.shows('last 2 blocks epoch 2 of 5, validation 75.0 %');
  await wizard.shows(/all blocks +waits/);
});

test('s stops at the next checkpoint, and says so', async () => {
  const services = fakeServices({ views: [{}] });
  const wizard = renderWizard(services, start);
  await wizard.shows('s stop at checkpoint');
  await wizard.type('s');
  await wizard.shows('Stopping at the next checkpoint');
  expect(services.stopped).toEqual([7]);
});

test('Ctrl-C stops it too; a second one leaves and says how to go on', async () => {
  const services = fakeServices({ views: [{}] });
  const wizard = renderWizard(services, start);
  await wizard.shows('Ctrl-C stop');
  await wizard.press('ctrl-c');
  expect(services.stopped).toEqual([7]);
  expect(wizard.left()).toBeNull();
  await wizard.press('ctrl-c');
  expect(wizard.left()).toEqual([expect.stringContaining('regraft resume 7')]);
});

test('d leaves it running and says how to come back', async () => {
  const services = fakeServices({ views: [{}] });
  const wizard = renderWizard(services, start);
  await wizard.shows('d detach');
  await wizard.type('d');
  expect(services.stopped).toEqual([]);
  expect(wizard.left()).toEqual([expect.stringContaining('regraft attach 7')]);
});

test('a run that stopped says why and is resumed by r', async () => {
  let follows = 0;
  const services = fakeServices({
    // biome-ignore lint/correctness/useYield: it fails before the first picture
    follow: async function* () {
      follows += 1;
      throw new RegraftError({
        code: 'run-interrupted',
        message: 'Run 7 did not finish: its process is gone.',
        hint: 'Go on with: regraft resume 7',
      });
    },
  });
  const wizard = renderWizard(services, start);
  await wizard.shows('Run 7 did not finish');
  await wizard.type('r');
  await expect.poll(() => follows).toBe(2);
  expect(services.resumed).toEqual([7]);
});

test('the key that closes the help does nothing else, but for Ctrl-C', async () => {
  const services = fakeServices({ views: [{}] });
  const wizard = renderWizard(services, start);
  await wizard.shows('s stop at checkpoint');
  for (const key of ['s', 'd']) {
    await wizard.type('?');
    await wizard.shows('any key');
    await wizard.type(key);
    await wizard.shows('s stop at checkpoint');
  }
  expect(services.stopped).toEqual([]);
  expect(wizard.left()).toBeNull();
  await wizard.type('?');
  await wizard.press('ctrl-c');
  expect(services.stopped).toEqual([7]);
});
