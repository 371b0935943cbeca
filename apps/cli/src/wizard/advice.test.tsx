import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Evidence, RunView, Verdict } from '@regraft/studio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fakeServices, listedVersion, scannedInsects } from './testing/fake-services.js';
import { renderWizard } from './testing/render-wizard.js';

let photos: string;

beforeAll(async () => {
  photos = await mkdtemp(join(tmpdir(), 'regraft-advice-'));
});

afterAll(() => rm(photos, { recursive: true }));

const champion = listedVersion();
const newest = listedVersion({ version: 'v2', name: 'newer', aliases: [] });
const knows =
  (...labels: string[]) =>
  async () =>
    ({ card: { labels } }) as never;

test('from home to the start: the champion and five minutes by default, with the command that does the same', async () => {
  const services = fakeServices({
    versions: [newest, champion],
    describeVersion: knows('ants', 'bees'),
  });
  const wizard = renderWizard(services);
  await wizard.shows('Advice on new images');
  await wizard.press('down', 'down', 'enter');
  await wizard.shows(/v2 newer[\s\S]+❯ v1 insects champion/);
  await wizard.press('enter');
  await wizard.shows('Which are the new images?');
  await wizard.type(photos);
  await wizard.shows('40 images');
  await wizard.press('enter');
  await wizard.shows(/❯ 5 minutes/);
  await wizard.press('enter');
  await wizard.shows('It knows these labels');
  expect(wizard.screen().replaceAll(/\s+/g, ' ')).toContain(`$ regraft advise v1 ${photos}`);
  expect(wizard.screen()).not.toContain('--budget');
  await wizard.press('enter');
  await wizard.shows('run 7');
  expect(services.started).toMatchObject([
    {
      kind: 'advise',
      recipe: { data: { folder: photos }, start: { kind: 'version', id: 'v1' }, freeze: { kind: 'auto' } },
    },
  ]);
});

test('going back loses no answer', async () => {
  const wizard = renderWizard(
    fakeServices({ versions: [champion, newest], describeVersion: knows('ants') }),
    {
      screen: 'advice',
    },
  );
  await wizard.shows('v2 newer');
  await wizard.press('down', 'enter');
  await wizard.type(photos);
  await wizard.shows('40 images');
  await wizard.press('enter', 'down', 'enter');
  await wizard.shows('--budget 60');
  await wizard.press('escape');
  await wizard.shows(/❯ 1 minute/);
  await wizard.press('escape');
  await wizard.shows('40 images');
  await wizard.press('escape');
  await wizard.shows(/❯ v2 newer/);
});

test('labels in other words are taken for the same, unless a key says otherwise', async () => {
  const services = fakeServices({
    versions: [champion],
    scan: async () => scannedInsects(['Ants', 'bees']),
    describeVersion: knows('ants', 'bees'),
  });
  const wizard = renderWizard(services, { screen: 'advice' });
  await wizard.shows('v1 insects');
  await wizard.press('enter');
  await wizard.type(photos);
  await wizard.shows('40 images');
  await wizard.press('enter', 'enter');
  await wizard.shows('Taken for the same: Ants = ants');
  expect(wizard.screen()).toContain('--rename');
  await wizard.type('n');
  await wizard.shows('Taken as different: Ants = ants');
  expect(wizard.screen()).not.toContain('--rename');
});

const metric = (value: number) => ({
  value,
  low: value - 0.1,
  high: value + 0.05,
  n: 76,
  method: 'score' as const,
});

const arm = (name: string, value: number): Evidence['arms'][number] => ({
  name,
  blocks: 0,
  status: 'finished',
  epochs: 0,
  seconds: 1.2,
  train: null,
  validation: metric(value),
  test: null,
  gap: null,
});

const verdictOf = (command: string | null): Verdict => ({
  format: 1,
  headline: 'Train the head of v1 on them: it gets 12 points fewer of these right.',
  recommendation: {
    action: { kind: 'head-only' },
    reasons: [{ kind: 'only-arm', arm: 'head' }],
    confidence: 'moderate',
  },
  reasons: ['The new images look different from the old ones.'],
  command,
  evidence: {
    case: 'same-labels',
    start: 'v1',
    data: '/photos',
    images: { train: 200, validation: 76, test: 0 },
    labels: null,
    duplicates: null,
    drift: null,
    strangest: [],
    proportions: null,
    labelShift: null,
    asItIs: null,
    atHome: null,
    loss: null,
    chance: 0.5,
    arms: [arm('keep', 0.7), arm('head', 0.85)],
    choice: { chosen: 'head' } as unknown as Evidence['choice'],
    referee: null,
    forgetting: null,
    learningCurve: null,
    backbones: [],
    notTried: ['training from scratch: no time for it'],
  },
  seconds: 12,
  createdAt: '2026-11-25T10:00:00.000Z',
});

const finished = (command: string | null) => {
  const view: Partial<RunView> = { status: 'finished', kind: 'advise', verdict: verdictOf(command) };
  return fakeServices({
    versions: [champion],
    views: [view],
    describeRun: async () => ({ version: null, accuracy: null }) as never,
  });
};

test('a verdict has its reasons, the arms on one scale, and Enter opens what it recommends', async () => {
  const services = finished('regraft fit /photos --from v1 --head keep');
  const wizard = renderWizard(services, { screen: 'result', run: 7 });
  await wizard.shows('Train the head of v1 on them');
  await wizard.shows('The new images look different from the old ones.');
  await wizard.shows(/head only +├─+●─+┤ +85\.0 % {2}chosen/);
  await wizard.type('\u001b[F');
  await wizard.shows('training from scratch: no time for it');
  await wizard.press('enter');
  await wizard.shows('$ regraft fit /photos --from v1 --head keep');
  await wizard.press('enter');
  await wizard.shows('run 7');
  expect(services.started).toMatchObject([
    { kind: 'fit', recipe: { start: { kind: 'version', id: 'v1' }, head: 'keep' } },
  ]);
});

test('where there is nothing to do, Enter goes home', async () => {
  const wizard = renderWizard(finished(null), { screen: 'result', run: 7 });
  await wizard.shows('Train the head of v1 on them');
  await wizard.press('enter');
  await wizard.shows('New model');
});
