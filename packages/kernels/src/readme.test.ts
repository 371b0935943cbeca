import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

test('the example of the README runs', () => {
  const [, example] = /```js\n([\s\S]*?)```/.exec(readFileSync(path.join(root, 'README.md'), 'utf8'))!;
  const file = path.join(root, `readme-example-${process.pid}.mjs`);
  writeFileSync(file, example!);
  try {
    const run = () => execFileSync(process.execPath, [file], { cwd: root, stdio: 'pipe' });
    expect(run).not.toThrow();
  } finally {
    rmSync(file);
  }
});
