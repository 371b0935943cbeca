import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { checkArchitecture } from './check.mjs';
import { workspaces as rules } from './rules.mjs';

const root = resolve(import.meta.dirname, '../..');
const copies = [];
after(() => {
  for (const copy of copies) rmSync(copy, { recursive: true });
});

const workspaces = Object.keys(rules).filter((path) => existsSync(join(root, path, 'package.json')));

/** The violations in a copy of this checkout that has its packages, but only the `planted` files in them. */
const violationsWith = (planted) => {
  const copy = mkdtempSync(join(tmpdir(), 'regraft-architecture-'));
  copies.push(copy);
  for (const path of workspaces) {
    mkdirSync(join(copy, path), { recursive: true });
    copyFileSync(join(root, path, 'package.json'), join(copy, path, 'package.json'));
  }
  for (const [path, text] of Object.entries(planted)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
  return checkArchitecture(copy);
};

test('the checkout itself follows the design', () => {
  assert.deepEqual(checkArchitecture(root), []);
});

const forbidden = {
  'core imports kernels': ['packages/core/src/planted/a.ts', "import { x } from '@regraft/kernels';"],
  'core imports studio, types only': [
    'packages/core/src/planted/a.ts',
    "import type { X } from '@regraft/studio';",
  ],
  'core re-exports the store': ['packages/core/src/planted/a.ts', "export * from '@regraft/store';"],
  'core imports a module of Node': ['packages/core/src/planted/a.ts', "import { readFile } from 'node:fs';"],
  'core imports a module of Node by its old name': ['packages/core/src/planted/a.ts', "import fs from 'fs';"],
  'core imports dynamically': ['packages/core/src/planted/a.ts', "const x = await import('node:os');"],
  'core names a type of another package': [
    'packages/core/src/planted/a.ts',
    "export type X = import('@regraft/store').Store;",
  ],
  'core uses Buffer': ['packages/core/src/planted/a.ts', "export const x = Buffer.from('a');"],
  'core uses process through globalThis': [
    'packages/core/src/planted/a.ts',
    'export const x = globalThis.process;',
  ],
  'network imports TensorFlow.js': [
    'packages/core/src/network/planted.ts',
    "import type { Tensor } from '@tensorflow/tfjs';",
  ],
  'the store imports core': ['packages/store/src/planted.ts', "import { x } from '@regraft/core';"],
  'the store imports TensorFlow.js': [
    'packages/store/src/planted.ts',
    "import * as tf from '@tensorflow/tfjs';",
  ],
  'errors imports core': ['packages/errors/src/planted.ts', "import { x } from '@regraft/core';"],
  'kernels imports core': ['packages/kernels/src/planted.ts', "import { x } from '@regraft/core';"],
  'studio imports the command line': ['packages/studio/src/planted.ts', "import { x } from 'regraft';"],
  'the command line imports core': ['apps/cli/src/planted.ts', "import { x } from '@regraft/core';"],
  'the command line imports the store in a test': [
    'apps/cli/src/planted.test.ts',
    "import { x } from '@regraft/store';",
  ],
  'a page imports core on the server': ['apps/web/src/app/planted.tsx', "import { x } from '@regraft/core';"],
  'client code imports studio': ['apps/web/src/client/planted.tsx', "import { x } from '@regraft/studio';"],
  'a relative path leaves the package': [
    'packages/studio/src/planted.ts',
    "import { x } from '../../core/src/index.js';",
  ],
  'a worker is addressed in another package': [
    'packages/studio/src/planted.ts',
    "new URL('../../core/dist/worker.js', import.meta.url);",
  ],
  'a deep import': ['packages/studio/src/planted.ts', "import { x } from '@regraft/core/dist/index.js';"],
};

test('each forbidden import is caught, by its file and line', async (context) => {
  for (const [name, [path, text]] of Object.entries(forbidden)) {
    await context.test(name, () => {
      const violations = violationsWith({ [path]: `\n${text}\n` });
      assert.equal(violations.length, 1, violations.join('\n'));
      assert.ok(violations[0].startsWith(`${path}:2: `), violations[0]);
    });
  }
});

test('what the design allows passes', () => {
  assert.deepEqual(
    violationsWith({
      'packages/core/src/planted/a.test.ts':
        "import { x } from '@regraft/kernels'; import 'node:fs'; Buffer.from('');",
      'packages/core/src/planted/a.ts':
        'export const run = (process: { Buffer: number }) => ({ global: process.Buffer });',
      'packages/studio/src/planted.ts':
        "import { x } from '@regraft/core'; import { y } from '@regraft/store';",
      'apps/web/src/client/planted.tsx': "import { x } from '@regraft/core';",
    }),
    [],
  );
});

test('folders of core must not import in a circle, types included', () => {
  const violations = violationsWith({
    'packages/core/src/planted-a/a.ts': "import type { b } from '../planted-b/b.js';",
    'packages/core/src/planted-b/b.ts': "export { c } from '../planted-c/c.js';",
    'packages/core/src/planted-c/c.ts': "import { a } from '../planted-a/a.js';",
  });
  assert.deepEqual(violations, [
    'packages/core/src: folders import in a circle: planted-a -> planted-b -> planted-c -> planted-a.',
  ]);
});

test('a package.json must not list what its code must not import', () => {
  const manifest = { name: '@regraft/errors', dependencies: { '@regraft/core': 'workspace:*' } };
  assert.deepEqual(violationsWith({ 'packages/errors/package.json': JSON.stringify(manifest) }), [
    'packages/errors/package.json: packages/errors must not list @regraft/core in its dependencies.',
  ]);
});

test('a workspace without rules is reported', () => {
  assert.deepEqual(violationsWith({ 'packages/planted/package.json': '{ "name": "planted" }' }), [
    'packages/planted: has no entry in scripts/architecture/rules.mjs.',
  ]);
});
