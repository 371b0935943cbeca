import { RegraftError } from '@regraft/errors';
import type { AliasMoved, Deletion, Promotion } from '@regraft/studio';
import { expect, test } from 'vitest';
import type { Route } from './navigation.js';
import { comparedPair, describedVersion } from './testing/described-version.js';
import { fakeServices, listedRun, listedVersion } from './testing/fake-services.js';
import { renderWizard } from './testing/render-wizard.js';

const versions = [listedVersion({ version: 'v2', name: null, aliases: [], parent: 'v1' }), listedVersion()];
const models: Route = { screen: 'browse', list: 'versions' };
const runList: Route = { screen: 'browse', list: 'runs' };

const free: Deletion = {
  version: 'v2',
  name: null,
  holders: { aliases: [], children: [], runs: [] },
  bytes: 9_200_000,
};

test('home leads to the models, which stand below what they were trained from', async () => {
  const wizard = renderWizard(fakeServices({ versions }));
  await wizard.shows('Models and runs');
  await wizard.press('down', 'down', 'down', 'enter');
  await wizard.shows(/mobilenet-v2\.openimages\n *❯ └─ v1 insects, champion +94\.8 %.*\n +└─ v2 /);
});

test('a model opens with what show tells of it, and Esc comes back to it in the list', async () => {
  const describeVersion = async (version: string) => describedVersion({ version });
  const wizard = renderWizard(fakeServices({ versions, describeVersion }), models);
  await wizard.shows('v2');
  await wizard.press('down', 'enter');
  await wizard.shows('lineage mobilenet-v2.openimages → v2');
  await wizard.press('escape');
  await wizard.shows(/❯ +└─ v2/);
});

test('Tab shows the runs; a finished one opens its result, one that ended says why and is resumed', async () => {
  const runs = [listedRun(), listedRun({ run: 11, status: 'finished', version: 'v2' })];
  const failure = new RegraftError({ code: 'run-interrupted', message: 'Run 12 ended without a word.' });
  const services = fakeServices({
    versions,
    runs,
    // biome-ignore lint/correctness/useYield: the run is over before it says anything
    follow: async function* () {
      throw failure;
    },
  });
  const wizard = renderWizard(services, models);
  await wizard.shows('v2');
  await wizard.press('tab');
  await wizard.shows(/❯ run 12 +interrupted +fit +photos +can be resumed/);
  await wizard.shows(/run 11 +finished +fit +photos +v2/);
  await wizard.press('enter');
  await wizard.shows('Run 12 ended without a word.');
  await wizard.type('r');
  expect(services.resumed).toEqual([12]);
});

test('the result of a finished run goes back to the list', async () => {
  const wizard = renderWizard(fakeServices({ runs: [listedRun({ status: 'finished' })] }), runList);
  await wizard.shows('run 12');
  await wizard.press('enter');
  await wizard.shows('Enter back');
  await wizard.press('enter');
  await wizard.shows(/❯ run 12/);
});

test('an empty list says how to begin', async () => {
  const wizard = renderWizard(fakeServices(), models);
  await wizard.shows('Make one with: regraft fit photos/');
});

test('a version is deleted after a yes, and the list is shown again', async () => {
  const deleted: string[] = [];
  const services = fakeServices({
    versions,
    describeVersion: async (version) => describedVersion({ version }),
    planDeletion: async () => free,
    deleteVersion: async (version) => {
      deleted.push(version);
      return free;
    },
  });
  const wizard = renderWizard(services, models);
  await wizard.shows('v2');
  await wizard.press('down', 'enter');
  await wizard.type('x');
  await wizard.shows('frees 9.2 MB, once regraft store gc has run');
  await wizard.press('escape');
  await wizard.shows('lineage');
  expect(deleted).toEqual([]);
  await wizard.type('x');
  await wizard.shows('Delete v2 for good?');
  await wizard.type('y');
  await wizard.shows('v2 is deleted.');
  expect(deleted).toEqual(['v2']);
  await wizard.press('escape');
  await wizard.shows('Enter open');
});

test('a version that is held is not deleted, and it says what holds it', async () => {
  const holders = { aliases: ['champion'], children: ['v2'], runs: [3] };
  const wizard = renderWizard(
    fakeServices({ planDeletion: async () => ({ ...free, version: 'v1', holders }) }),
    { screen: 'delete', version: 'v1' },
  );
  await wizard.shows('champion is a name of it');
  await wizard.shows('v2 was trained from it');
  await wizard.shows('run 3, which is under way, starts from it');
  await wizard.shows('regraft delete v1 --force');
  await wizard.type('y');
  expect(wizard.screen()).toContain("can't be deleted");
});

test('a version gets a name, is told who has it, and loses it again', async () => {
  const done: string[] = [];
  const services = fakeServices({
    versions,
    setAlias: async (name, version): Promise<AliasMoved> => {
      done.push(`${name} ${version}`);
      return { name, version, previous: null };
    },
    deleteAlias: async (name) => {
      done.push(`no ${name}`);
    },
  });
  const naming = async (version: string, name: string, consequence: string): Promise<void> => {
    const wizard = renderWizard(services, { screen: 'name', version });
    await wizard.shows('can move to another version');
    await wizard.type(name);
    await wizard.shows(consequence);
    await wizard.press('enter');
  };
  await naming('v2', 'best', 'Enter gives v2 that name.');
  await naming('v2', 'champion', 'v1 has that name now. Enter moves it to v2, without comparing them.');
  await naming('v1', 'champion', 'v1 has that name already. Enter takes it away.');
  expect(done).toEqual(['best v2', 'champion v2', 'no champion']);
});

test('a name that can not be one is told of, and what was typed stays', async () => {
  const setAlias = async (): Promise<never> => {
    throw new RegraftError({ code: 'usage-invalid', message: 'An alias must not look like an id.' });
  };
  const wizard = renderWizard(fakeServices({ versions, setAlias }), { screen: 'name', version: 'v2' });
  await wizard.shows('no such name yet');
  await wizard.type('v7');
  await wizard.press('enter');
  await wizard.shows('✖ An alias must not look like an id.');
  await wizard.shows('name v7');
});

const promotion: Promotion = {
  alias: 'champion',
  version: 'v2',
  previous: 'v1',
  verdict: 'worse',
  moved: false,
  forced: false,
  margin: 0.01,
  reason: null,
  comparison: {
    before: { value: 0.9, low: 0.8, high: 0.95, n: 77, method: 'score' },
    after: { value: 0.7, low: 0.6, high: 0.8, n: 77, method: 'score' },
    difference: { value: -0.2, low: -0.3, high: -0.1, standardError: 0.05, p: 0.001, n: 77, seeds: 1 },
    test: '/photos',
    dataset: 1,
    learned: 0,
    unreadable: 0,
  },
};

test('a refused promotion shows what was measured, why, and what force would do', async () => {
  const promote = async (): Promise<never> => {
    throw new RegraftError({
      code: 'promotion-refused',
      message: 'A version is promoted when it is not worse. Received: v2.',
      hint: 'To promote it all the same: regraft promote v2 champion --force --note "why"',
      details: { promotion },
    });
  };
  const wizard = renderWizard(fakeServices({ promote }), { screen: 'promote', version: 'v2' });
  await wizard.shows('difference -20.0 points (-30.0 to -10.0): worse');
  await wizard.shows('✖ A version is promoted when it is not worse.');
  await wizard.shows('Forced, champion moves from v1 to v2 whatever was measured');
});

test('a promotion that takes long is given up by Esc', async () => {
  let signal: AbortSignal | undefined;
  const promote = async (_version: string, given: AbortSignal): Promise<Promotion> => {
    signal = given;
    return new Promise(() => undefined);
  };
  const wizard = renderWizard(fakeServices({ versions, promote }), { screen: 'promote', version: 'v2' });
  await wizard.shows('Esc give it up');
  await wizard.press('escape');
  await wizard.shows('Models and runs');
  expect(signal?.aborted).toBe(true);
});

test('a promotion says what it was decided by', async () => {
  const promote = async (): Promise<Promotion> => ({ ...promotion, verdict: 'not-worse', moved: true });
  const wizard = renderWizard(fakeServices({ promote }), { screen: 'promote', version: 'v2' });
  await wizard.shows('✔ champion is now v2: it is not worse than v1 by more than 1.0 points.');
});

test('a version is compared with its parent first, the older one at the left', async () => {
  const compared: string[][] = [];
  const services = fakeServices({
    versions: [listedVersion({ version: 'v3', parent: 'v1' }), ...versions],
    compare: async (...pair) => {
      compared.push(pair);
      return comparedPair();
    },
  });
  const wizard = renderWizard(services, { screen: 'compare-with', version: 'v3' });
  await wizard.shows(/❯ v1/);
  await wizard.press('enter');
  await wizard.shows(/accuracy +94\.8 %.*81\.0 %.*other images/);
  expect(compared).toEqual([['v1', 'v3']]);
});

test('the only version has nothing to be compared with', async () => {
  const services = fakeServices({ versions: [listedVersion()] });
  const wizard = renderWizard(services, { screen: 'compare-with', version: 'v1' });
  await wizard.shows('v1 is the only version here');
});
