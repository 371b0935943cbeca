import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from './run-command.js';

const nowhere = join(tmpdir(), 'regraft-no-such-store');

test('a command gives the last JSON value that it prints', async () => {
  const value = await runCommand(['store', 'path', '--store', nowhere], new AbortController().signal);
  expect(value).toEqual({ path: nowhere });
});

test('a failure of a command is its failure, with code and hint', async () => {
  const failure = runCommand(['promote', 'v1', '--store', nowhere], new AbortController().signal);
  await expect(failure).rejects.toMatchObject({
    code: 'store-not-found',
    message: expect.stringContaining('regraft-no-such-store'),
    hint: expect.stringMatching(/\S/),
  });
});

test('a command that is given up ends', async () => {
  const gone = new AbortController();
  const failure = runCommand(['store', 'path'], gone.signal);
  gone.abort();
  await expect(failure).rejects.toMatchObject({ name: 'AbortError' });
});
