import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '../..');

test('the three places that name pnpm name the same version', () => {
  const { packageManager, scripts, devDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  assert.equal(packageManager, `pnpm@${devDependencies.pnpm}`);
  assert.ok(scripts.setup.includes(` pnpm@${devDependencies.pnpm} `), scripts.setup);
});
