import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '../..');
const namesIn = (folder, recursive = false) => readdirSync(join(root, folder), { recursive });
const workspaces = ['packages', 'apps'].flatMap((folder) =>
  namesIn(folder).map((name) => `${folder}/${name}`),
);
const pages = [
  ...namesIn('.'),
  ...namesIn('docs', true).map((path) => `docs/${path}`),
  ...workspaces.map((workspace) => `${workspace}/README.md`),
].filter((path) => path.endsWith('.md') && existsSync(join(root, path)));

const withoutCode = (text) => text.replace(/^```[\s\S]*?^```/gm, '');

test('every relative link of a page leads to a file', () => {
  assert.ok(pages.includes('docs/README.md'));
  const dead = pages.flatMap((page) =>
    [...withoutCode(readFileSync(join(root, page), 'utf8')).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, target]) => target)
      .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(page), target)))
      .map((target) => `${page} -> ${target}`),
  );
  assert.deepEqual(dead, []);
});
