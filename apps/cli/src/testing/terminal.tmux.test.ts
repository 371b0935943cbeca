import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openTerminal, type TerminalOptions } from './terminal.js';

const open = async (options: Partial<TerminalOptions> & Pick<TerminalOptions, 'command'>) => {
  const terminal = await openTerminal({ columns: 60, rows: 8, ...options });
  onTestFinished(() => terminal.close());
  return terminal;
};

/** An Ink program that shows its size, its keys and what was pasted, and leaves on `q` with status 3. */
const program = `
  import { createElement, useState } from 'react';
  import { render, Text, useApp, useInput, useStdout } from 'ink';
  const Keys = () => {
    const [keys, setKeys] = useState('');
    const { exit } = useApp();
    const { stdout } = useStdout();
    useInput((input, key) => {
      if (input === 'q') { process.exitCode = 3; exit(); }
      const name = key.upArrow ? '<up>' : key.escape ? '<escape>' : key.return ? '<enter>' : input;
      setKeys((before) => before + name);
    });
    return createElement(Text, { color: 'magenta' }, stdout.columns + ' wide, keys: ' + keys);
  };
  render(createElement(Keys));`;

const ink = [process.execPath, '--input-type=module', '--eval', program] as const;

test('an Ink program gets text and keys, hides the cursor while it lives and gives it back', async () => {
  const terminal = await open({ command: ink });
  await terminal.waitFor('60 wide, keys:');
  expect(await terminal.cursorIsVisible()).toBe(false);
  await terminal.type("it's -x;");
  await terminal.press('Up', 'Enter');
  await terminal.press('Escape');
  await terminal.waitFor("keys: it's -x;<up><enter><escape>");
  await terminal.type('q');
  expect(await terminal.exitStatus()).toBe(3);
  expect(await terminal.cursorIsVisible()).toBe(true);
  expect(await terminal.isAlternateScreen()).toBe(false);
});

test('colours come as the program wrote them', async () => {
  const terminal = await open({ command: ink });
  await terminal.waitFor('keys:');
  expect((await terminal.screenWithColours())[0]).toContain('\u001b[35m60 wide, keys:');
});

test('a program is told of a new size', async () => {
  const size = 'process.stdout.on("resize", () => console.log(process.stdout.getWindowSize().join("x")));';
  const terminal = await open({
    command: [process.execPath, '--eval', `${size} process.stdin.resume(); console.log('ready');`],
  });
  await terminal.waitFor('ready');
  await terminal.resize(100, 12);
  await terminal.waitFor('100x12');
  expect(await terminal.screen()).toHaveLength(12);
});

test('a paste is bracketed where the program asks for it, and ends in no surprise at a semicolon', async () => {
  const terminal = await open({ command: ['sh', '-c', "printf '\\033[?2004h'; exec cat -v"] });
  await vi.waitFor(async () => {
    await terminal.paste("'my photos'/a.png;");
    await terminal.waitFor("^[[200~'my photos'/a.png;^[[201~", { timeout: 200 });
  });
});

test('the scrollback has what left the screen', async () => {
  const terminal = await open({ command: ['sh', '-c', 'seq 1 50'] });
  expect(await terminal.exitStatus()).toBe(0);
  expect(await terminal.screen()).not.toContain('2');
  expect((await terminal.scrollback()).slice(0, 50)).toEqual(
    Array.from({ length: 50 }, (_, index) => `${index + 1}`),
  );
});

test('a wait that fails says what was there instead', async () => {
  const waiting = await open({ command: ['sh', '-c', 'echo something else; sleep 60'] });
  await expect(waiting.waitFor('nothing such', { timeout: 500 })).rejects.toThrow(
    /After 500 ms the terminal doesn't show: nothing such\. The screen:\nsomething else$/,
  );
  await expect(waiting.exitStatus({ timeout: 100 })).rejects.toThrow(/After 100 ms the program still runs/);
  const ended = await open({ command: ['sh', '-c', 'echo gone; exit 4'] });
  await expect(ended.waitFor('nothing such')).rejects.toThrow(/ended \(4\) without: nothing such.*\ngone$/);
});

test('the status of a program that a signal ended is that of a shell', async () => {
  const terminal = await open({ command: ['sh', '-c', 'echo ready; sleep 60; true'] });
  await terminal.waitFor('ready');
  await terminal.press('C-c');
  expect(await terminal.exitStatus()).toBe(130);
});

test('a program sees a terminal of 256 colours and nothing of the machine that tests', async () => {
  vi.stubEnv('CI', 'true');
  vi.stubEnv('NO_COLOR', '1');
  onTestFinished(() => void vi.unstubAllEnvs());
  const terminal = await open({
    command: ['sh', '-c', 'echo "[$TERM|$CI|$NO_COLOR|$ADDED]"'],
    env: { ADDED: 'here' },
  });
  await terminal.waitFor('[tmux-256color|||here]');
});

test('closing hangs up on the program', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'regraft-hang-up-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const terminal = await openTerminal({
    command: ['sh', '-c', 'trap "echo hung up >told; exit" HUP; echo ready; sleep 60 & wait'],
    cwd: folder,
    columns: 40,
    rows: 8,
  });
  await terminal.waitFor('ready');
  await terminal.close();
  await vi.waitFor(async () => expect(await readFile(join(folder, 'told'), 'utf8')).toBe('hung up\n'));
});

test('without tmux the error says what to install', async () => {
  await expect(
    openTerminal({ command: ['true'], columns: 40, rows: 8, env: { PATH: '/nowhere' } }),
  ).rejects.toMatchObject({ message: expect.stringContaining('tmux'), hint: expect.stringContaining('apt') });
});
