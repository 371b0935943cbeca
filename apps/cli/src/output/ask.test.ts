import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { ask } from './ask.js';

const answer = (text: string): { asked: PassThrough; reply: Promise<boolean> } => {
  const input = new PassThrough();
  const asked = new PassThrough();
  const reply = ask('Are they the same?', { input, output: asked });
  input.end(text);
  return { asked, reply };
};

test.each([
  ['y', true],
  [' Yes ', true],
  ['n', false],
  ['', false],
  ['yellow', false],
])('"%s" is %s', async (text, expected) => {
  const { asked, reply } = answer(`${text}\n`);
  expect(await reply).toBe(expected);
  expect(String(asked.read())).toContain('Are they the same? (y/N) ');
});

test('no answer at all is no answer', async () => {
  await expect(answer('').reply).rejects.toMatchObject({ name: 'AbortError' });
});
