import { expect, test } from 'vitest';
import { fakeServices, listedRun, listedVersion } from './testing/fake-services.js';
import { renderWizard } from './testing/render-wizard.js';

test('the champion is shown with its accuracy, interval and labels', async () => {
  const versions = [listedVersion({ version: 'v2', name: null, aliases: [] }), listedVersion()];
  const wizard = renderWizard(fakeServices({ versions }));
  await wizard.shows('champion v1 insects 94.8 % (90.1-97.4, n 153) ants, bees');
});

test('without a champion it is the newest version', async () => {
  const wizard = renderWizard(fakeServices({ versions: [listedVersion({ aliases: [] })] }));
  await wizard.shows('newest v1 insects');
});

test('an interrupted run is offered first, and resumed', async () => {
  const services = fakeServices({ versions: [listedVersion()], runs: [listedRun()] });
  const wizard = renderWizard(services);
  await wizard.shows(/❯ Resume run 12 +photos, interrupted/);
  await wizard.press('enter');
  await wizard.shows('run 12');
  expect(services.resumed).toEqual([12]);
});

test('a run that is under way is watched', async () => {
  const services = fakeServices({ runs: [listedRun({ status: 'running' })] });
  const wizard = renderWizard(services);
  await wizard.shows(/❯ Watch run 12 +photos, running/);
  await wizard.press('enter');
  await wizard.shows('s stop at checkpoint');
  expect(services.resumed).toEqual([]);
});

test('Esc and Ctrl-C leave without a word', async () => {
  for (const key of ['escape', 'ctrl-c'] as const) {
    const wizard = renderWizard(fakeServices());
    await wizard.shows('Make the first model');
    await wizard.press(key);
    expect(wizard.left()).toEqual([]);
  }
});

test('a store that can not be read is told of', async () => {
  const overview = async (): Promise<never> => {
    throw new Error('The disk is gone');
  };
  const wizard = renderWizard(fakeServices({ overview }));
  await wizard.shows('✖ The disk is gone');
});
