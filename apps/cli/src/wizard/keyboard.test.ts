import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { Keyboard, splitKeys } from './keyboard.js';

test('keys that come in one piece come apart, text stays together', () => {
  expect(splitKeys('?\u0003')).toEqual(['?', '\u0003']);
  expect(splitKeys('photos\r\u001b[B\u001b[B\r')).toEqual(['photos', '\r', '\u001b[B', '\u001b[B', '\r']);
  expect(splitKeys('\u001b')).toEqual(['\u001b']);
  expect(splitKeys('写真\t👩‍🌾')).toEqual(['写真', '\t', '👩‍🌾']);
  expect(splitKeys('\u001bOA\u001b[1;5C')).toEqual(['\u001bOA', '\u001b[1;5C']);
});

const open = () => {
  const terminal = Object.assign(new EventEmitter(), {
    isRaw: false,
    setRawMode(isRaw: boolean) {
      terminal.isRaw = isRaw;
    },
    setEncoding: () => undefined,
    pause: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
  });
  const screen = { write: vi.fn(() => true) };
  const keyboard = new Keyboard(terminal as unknown as NodeJS.ReadStream, screen);
  const read: unknown[] = [];
  keyboard.on('data', (key) => read.push(key));
  const keys = async (expected: readonly string[]): Promise<void> => {
    await expect.poll(() => read).toEqual(expected);
  };
  return { terminal, screen, keyboard, read, keys, send: (text: string) => terminal.emit('data', text) };
};

test('keys wait for a screen that is not ready, but for Ctrl-C', async () => {
  const { keyboard, keys, send } = open();
  const release = keyboard.hold();
  send('a\u0003\r');
  await keys(['\u0003']);
  release();
  release();
  await keys(['\u0003', 'a', '\r']);
});

test('what is pasted is one text, in however many pieces it comes, and its line ends are no Enter', async () => {
  const { keys, send } = open();
  send('x\u001b[200~/my ');
  send('photos\n/b\n');
  send('\u001b[201~y');
  await keys(['x', '/my photos /b', 'y']);
});

test('a key that follows another waits until the screen was drawn', async () => {
  const { read, keys, send } = open();
  send('\r\r');
  await new Promise((resolve) => setImmediate(resolve));
  expect(read).toEqual(['\r']);
  await keys(['\r', '\r']);
});

test('the terminal is raw from the first key to the last', () => {
  const { terminal, keyboard, screen } = open();
  expect(screen.write).toHaveBeenLastCalledWith('\u001b[?2004h');
  expect(terminal.isRaw).toBe(true);
  keyboard.setRawMode();
  expect(terminal.isRaw).toBe(true);
  keyboard.close();
  expect(terminal.isRaw).toBe(false);
  expect(terminal.listenerCount('data')).toBe(0);
  expect(screen.write).toHaveBeenLastCalledWith('\u001b[?2004l');
});
