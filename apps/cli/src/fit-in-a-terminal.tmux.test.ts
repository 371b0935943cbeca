import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { makePhotos } from './testing/make-photos.js';
import { bin } from './testing/run-cli.js';
import { openTerminal } from './testing/terminal.js';
import { writeTinyBackbone } from './testing/write-tiny-backbone.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regraft-fit-'));
  await makePhotos(join(folder, 'photos'));
  await writeTinyBackbone(join(folder, 'tiny'));
  // More epochs than anybody waits for, none of them the last for want of progress.
  const training = { epochs: 5000, patience: null };
  await writeFile(join(folder, 'long.json'), JSON.stringify({ data: { folder: 'photos' }, training }));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const fit = async (columns: number, ...flags: string[]) => {
  const terminal = await openTerminal({
    command: [process.execPath, bin, 'fit', 'photos', '--backbone', 'tiny', '--seed', '1', ...flags],
    cwd: folder,
    columns,
    rows: 24,
  });
  onTestFinished(() => terminal.close());
  return terminal;
};

test('a fit draws its run as it goes on and ends with what to do next', async () => {
  const terminal = await fit(80, '--store', 'finished');
  const [title, ...lines] = await terminal.waitFor(/[○●✔] scan/);
  expect(title).toMatch(/photos → new model {3}run 1$/);
  expect(lines.join('\n')).toContain('Ctrl-C stops at the next checkpoint');
  expect(await terminal.cursorIsVisible()).toBe(false);
  await terminal.waitFor('regraft predict', { timeout: 60_000 });
  expect(await terminal.exitStatus()).toBe(0);
  expect(await terminal.cursorIsVisible()).toBe(true);
});

test('Ctrl-C stops a fit at its next checkpoint, says how to go on and gives the cursor back', async () => {
  const terminal = await fit(60, '--store', 'stopped', '--unfreeze', '1', '--recipe', 'long.json');
  // The line of the blocks is longer than the terminal is wide.
  await terminal.waitFor(/blocks .*…$/m, { timeout: 60_000 });
  await terminal.press('C-c');
  await terminal.waitFor('Go on with: regraft resume 1', { timeout: 30_000 });
  expect(await terminal.exitStatus()).toBe(130);
  expect(await terminal.cursorIsVisible()).toBe(true);
  const printed = await terminal.scrollback();
  expect(printed.filter((line) => /run 1$/.test(line))).toHaveLength(1);
});
