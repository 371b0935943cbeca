import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { makePhotos } from '../testing/make-photos.js';
import { bin, runCli } from '../testing/run-cli.js';
import { openTerminal, type Terminal } from '../testing/terminal.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-wizard-'));
  await makePhotos(join(folder, 'photos'), { perClass: 16 });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const sizes = [
  [60, 20],
  [80, 24],
  [160, 50],
] as const;

const openWizard = async (store: string, [columns, rows]: readonly [number, number] = [80, 24]) => {
  const terminal = await openTerminal({
    command: [process.execPath, bin],
    cwd: folder,
    env: { REGRAFT_STORE: join(folder, store) },
    columns,
    rows,
  });
  onTestFinished(() => terminal.close());
  await terminal.waitFor('Enter take it');
  return terminal;
};

const answers = [
  ['Which images', 'photos', '32 images, 2 classes'],
  ['What shall it start from?', '', 'mobilenet-v2.openimages'],
  ['How much of it shall learn?', '', 'The head alone'],
] as const;

/** Goes to the review of a fit of the photos; `depth` moves down so often among the depths. */
const goToReview = async (terminal: Terminal, depth = 1): Promise<void> => {
  await terminal.press('Enter');
  for (const [question, typed, shown] of answers) {
    await terminal.waitFor(question);
    if (typed !== '') await terminal.type(typed);
    await terminal.waitFor(shown);
    if (question.includes('shall learn')) await terminal.press(...Array<string>(depth).fill('Down'));
    await terminal.press('Enter');
  }
  await terminal.waitFor('Shall it start?');
};

const hasFrameAlone = (lines: readonly string[]): boolean =>
  lines.filter((line) => line.includes('Regraft  ')).length === 1;

const weightsOf = async (store: string): Promise<string> => {
  const { json } = await runCli(['show', 'v1', '--json', '--store', store]);
  const { files } = json()[0] as unknown as { files: { name: string; sha256: string }[] };
  return files.find(({ name }) => name === 'weights.bin')!.sha256;
};

test.each(sizes)(
  'a first model from zero at %i x %i, and its command gives the same weights',
  async (...size) => {
    const store = `first-${size[0]}`;
    const terminal = await openWizard(store, size);
    await terminal.waitFor('Make the first model');
    await goToReview(terminal);
    expect(hasFrameAlone(await terminal.screen())).toBe(true);
    await terminal.press('Enter');
    await terminal.waitFor('✔ scan');
    await terminal.waitFor('Of 100 new images', { timeout: 60_000 });
    expect(hasFrameAlone(await terminal.screen())).toBe(true);
    await terminal.press('Enter');
    await terminal.waitFor(/newest +v1/);
    await terminal.press('Escape');
    expect(await terminal.exitStatus()).toBe(0);
    expect(await terminal.isAlternateScreen()).toBe(false);
    expect(await terminal.cursorIsVisible()).toBe(true);
    const printed = (await terminal.scrollback()).join('').trim();
    const [, command] = /^\$ regraft (.+)$/.exec(printed) ?? [];
    expect(command).toMatch(/^fit \S+photos$/);
    const again = join(folder, `${store}-again`);
    const repeated = await runCli([...command!.split(' '), '--store', again]);
    expect(repeated.exitCode, repeated.stderr).toBe(0);
    expect(await weightsOf(again)).toBe(await weightsOf(join(folder, store)));
  },
);

test('a run whose process is killed says so, and is offered on the next start', async () => {
  const terminal = await openWizard('killed');
  await goToReview(terminal, 2);
  await terminal.press('Enter');
  await terminal.waitFor('✔ features', { timeout: 60_000 });
  const place = ['--store', join(folder, 'killed')];
  const { pid } = (await runCli(['show', '1', '--json', ...place])).json()[0] as unknown as { pid: number };
  process.kill(pid, 'SIGKILL');
  await terminal.waitFor('✖ Run 1 ended without a word', { timeout: 30_000 });
  await terminal.press('C-c');
  expect(await terminal.exitStatus()).toBe(0);
  const next = await openWizard('killed');
  await next.waitFor(/❯ Resume run 1 +photos, interrupted/);
  await next.press('Enter');
  await next.waitFor('Of 100 new images', { timeout: 60_000 });
});

test('a run survives a terminal that is resized, and one that closes', async () => {
  const terminal = await openWizard('resized');
  await goToReview(terminal, 2);
  await terminal.press('Enter');
  await terminal.waitFor('● features');
  for (const [columns, rows] of [...sizes, [70, 22]] as const) {
    await terminal.resize(columns, rows);
    await terminal.waitFor('stop at checkpoint');
    await expect.poll(async () => hasFrameAlone(await terminal.screen())).toBe(true);
  }
  await terminal.waitFor(/blocks +█/, { timeout: 60_000 });
  await terminal.close();
  const next = await openWizard('resized');
  await next.waitFor(/Watch run 1|newest +v1/);
  await next.press('Enter');
  await next.waitFor(/Of 100 new images|Which images/, { timeout: 60_000 });
});

test('Ctrl-C gives the terminal back from every screen', async () => {
  const ways: ((terminal: Terminal) => Promise<void>)[] = [
    async () => undefined,
    async (terminal) => terminal.press('?'),
    async (terminal) => terminal.press('Enter'),
    async (terminal) => {
      await goToReview(terminal);
    },
    async (terminal) => {
      await goToReview(terminal);
      await terminal.press('e');
    },
  ];
  for (const go of ways) {
    const terminal = await openWizard('left');
    await go(terminal);
    await terminal.press('C-c');
    expect(await terminal.exitStatus()).toBe(0);
    expect(await terminal.cursorIsVisible()).toBe(true);
    expect(await terminal.isAlternateScreen()).toBe(false);
    expect((await terminal.scrollback()).join('').trim()).toBe('');
  }
});

test('Ctrl-C stops a run at its checkpoint, and it can be resumed there', async () => {
  const terminal = await openWizard('stopped');
  await goToReview(terminal, 2);
  await terminal.press('Enter');
  await terminal.waitFor('✔ features', { timeout: 60_000 });
  await terminal.press('C-c');
  await terminal.waitFor('✖ Run 1 is stopped', { timeout: 30_000 });
  await terminal.press('r');
  await terminal.waitFor('Of 100 new images', { timeout: 60_000 });
});

test('paths that do not do: not there, without class folders, dropped with quotes', async () => {
  const terminal = await openWizard('paths');
  await terminal.press('Enter');
  await terminal.waitFor('Which images');
  await terminal.type('nowhere');
  await terminal.press('Enter');
  expect((await terminal.waitFor('nowhere')).join('\n')).toContain('Which images');
  await terminal.press('C-u');
  await terminal.type('photos/circles');
  await terminal.waitFor('✖');
  await terminal.press('C-u');
  await terminal.paste(`'${join(folder, 'photos')}' `);
  await terminal.waitFor('32 images, 2 classes');
});

test('another process works on the same store at the same time', async () => {
  const place = ['--store', join(folder, 'shared')];
  const other = runCli(['fit', join(folder, 'photos'), '--unfreeze', '1', ...place]);
  await expect
    .poll(async () => (await runCli(['runs', '--json', ...place])).stdout, { timeout: 30_000 })
    .toContain('"running"');
  const terminal = await openWizard('shared');
  await terminal.waitFor('Watch run 1');
  await terminal.press('Down');
  await goToReview(terminal);
  await terminal.press('Enter');
  await terminal.waitFor('Of 100 new images', { timeout: 90_000 });
  expect((await other).exitCode).toBe(0);
});

test('without a terminal, commands are named and the exit says that nothing was done', async () => {
  const { exitCode, stderr } = await runCli([]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('The wizard needs a terminal.');
});
