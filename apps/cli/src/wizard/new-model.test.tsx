import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RegraftError } from '@regraft/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fakeServices, listedRun, listedVersion, scannedInsects } from './testing/fake-services.js';
import { renderWizard } from './testing/render-wizard.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-wizard-'));
  await mkdir(join(folder, 'my photos'));
});

afterAll(() => rm(folder, { recursive: true }));

const photos = () => join(folder, 'my photos');

test('a first model by Enter alone once the images are named: the default backbone, its depth found out', async () => {
  const services = fakeServices();
  const wizard = renderWizard(services);
  await wizard.shows('There is no model here yet');
  await wizard.press('enter');
  await wizard.type(`'${photos()}' `);
  await wizard.shows(/✔ 40 images, 2 classes, 1 file left out/);
  expect(wizard.screen()).toMatch(/ants +█+ 20/);
  await wizard.press('enter');
  await wizard.shows(/❯ mobilenet-v2.openimages +.*here[\s\S]+other.net +.*to be fetched/);
  await wizard.press('enter');
  await wizard.shows('How much of it shall learn?');
  await wizard.press('enter');
  await wizard.shows('Shall it start?');
  expect(wizard.screen().replaceAll(/\s+/g, ' ')).toContain("my photos' --depth auto");
  await wizard.press('enter');
  await wizard.shows('run 7');
  expect(services.started).toMatchObject([
    {
      kind: 'fit',
      recipe: {
        data: { folder: photos() },
        start: { kind: 'backbone', name: 'mobilenet-v2.openimages' },
        freeze: { kind: 'auto' },
      },
    },
  ]);
});

test('Enter that comes before the images are looked at is taken when they are', async () => {
  const wizard = renderWizard(fakeServices(), { screen: 'data' });
  await wizard.type(photos());
  await wizard.press('enter');
  await wizard.shows('What shall it start from?');
});

test('going back loses no answer', async () => {
  const wizard = renderWizard(fakeServices(), { screen: 'data' });
  await wizard.type(photos());
  await wizard.shows('40 images');
  await wizard.press('enter');
  await wizard.shows('other.net');
  await wizard.press('down', 'enter');
  await wizard.shows('How much of it shall learn?');
  await wizard.press('down', 'down', 'enter');
  await wizard.shows('--backbone other.net --unfreeze 2');
  await wizard.press('escape');
  expect(wizard.screen()).toMatch(/❯ The last 2 blocks/);
  await wizard.press('escape');
  await wizard.shows(/❯ other.net/);
  await wizard.press('escape');
  await wizard.shows('my photos');
});

test('a version that knows the labels keeps its head by default, one that knows some of them is extended', async () => {
  const version = { card: { labels: ['ants', 'bees'] } } as never;
  for (const [labels, head] of [
    [['ants', 'bees'], 'keep'],
    [['ants', 'bees', 'wasps'], 'extend'],
    [['roses', 'tulips'], 'replace'],
  ] as const) {
    const services = fakeServices({
      versions: [listedVersion()],
      scan: async () => scannedInsects(labels),
      describeVersion: async () => version,
    });
    const wizard = renderWizard(services, { screen: 'data' });
    await wizard.type(photos());
    await wizard.shows('images');
    await wizard.press('enter');
    await wizard.shows(/v1 insects +94.8 % \(90.1-97.4, n 153\)/);
    await wizard.press('down', 'enter');
    await wizard.shows('the head');
    await wizard.press('enter');
    await wizard.shows('How much of it shall learn?');
    await wizard.press('down', 'enter');
    await wizard.shows('Shall it start?');
    await wizard.press('enter');
    await wizard.shows('run 7');
    expect(services.started[0]!.recipe).toMatchObject({ start: { kind: 'version', id: 'v1' }, head });
  }
});

test('the command can be edited; one that means nothing is told of and kept', async () => {
  const services = fakeServices();
  const wizard = renderWizard(services, { screen: 'data' });
  await wizard.type(photos());
  await wizard.shows('40 images');
  await wizard.press('enter');
  await wizard.shows('other.net');
  await wizard.press('enter');
  await wizard.shows('shall learn');
  await wizard.press('enter');
  await wizard.shows('Shall it start?');
  await wizard.type('e');
  await wizard.type(' --epochs 0');
  await wizard.press('enter');
  await wizard.shows('It must be a whole number of at least 1');
  await wizard.press('backspace');
  await wizard.type('5 --name first?');
  await wizard.press('enter');
  await wizard.shows('e edit the command');
  await wizard.press('enter');
  await wizard.shows('run 7');
  expect(services.started[0]!.recipe).toMatchObject({ name: 'first?', training: { epochs: 5 } });
});

test('a folder that does not do is told of with what to do, and another can be named', async () => {
  let scans = 0;
  const services = fakeServices({
    scan: async () => {
      scans += 1;
      if (scans > 1) return scannedInsects();
      throw new RegraftError({
        code: 'data-invalid',
        message: 'A data set needs a folder for each class. Received: no folder in it',
        hint: 'Sort the images into folders.',
      });
    },
  });
  const wizard = renderWizard(services, { screen: 'data' });
  await wizard.type(photos());
  await wizard.shows('Sort the images into folders.');
  await wizard.press('enter');
  expect(wizard.screen()).toContain('Which images shall it learn from?');
  await wizard.type('/');
  await wizard.shows('40 images');
});

test('a run that can not start is told of, and Enter tries again', async () => {
  let attempts = 0;
  const services = fakeServices({
    start: async () => {
      attempts += 1;
      if (attempts > 1) return 8;
      throw new RegraftError({ code: 'store-busy', message: 'The store is in use. Received: a lock' });
    },
  });
  const wizard = renderWizard(services, { screen: 'data' });
  await wizard.type(photos());
  await wizard.shows('40 images');
  for (const question of ['other.net', 'The head alone', 'Shall it start?']) {
    await wizard.press('enter');
    await wizard.shows(question);
  }
  await wizard.press('enter');
  await wizard.shows('The store is in use');
  await wizard.press('enter');
  await wizard.shows('run 8');
});

test('Tab completes a path, and candidates are shown', async () => {
  const wizard = renderWizard(fakeServices(), { screen: 'data' });
  await wizard.type(`${folder}/my`);
  await wizard.shows('my photos/');
  await wizard.press('tab');
  await wizard.shows('40 images');
});

test('help explains every question, and any key closes it', async () => {
  const wizard = renderWizard(fakeServices(), { screen: 'depth' });
  await wizard.type('?');
  await wizard.shows('A network is a stack of blocks');
  expect(wizard.screen()).not.toContain('The head alone');
  await wizard.type('x');
  await wizard.shows('The head alone');
});

test('↑ brings folders that runs have learned from, the latest first', async () => {
  const runs = [listedRun({ data: photos() }), listedRun({ data: '/gone' }), listedRun({ data: photos() })];
  const wizard = renderWizard(fakeServices({ runs }), { screen: 'data' });
  await wizard.shows('↑ recent');
  await wizard.press('up', 'up', 'up');
  await wizard.shows('❯ /gone');
  await wizard.press('down');
  await wizard.shows('40 images');
  await wizard.press('down');
  await wizard.shows('❯ photos/');
});
