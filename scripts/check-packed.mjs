// Packs every package as a release would, holds each to publint, installs the tarballs with npm in an empty
// project, type-checks a consumer against them with the strictest settings and runs it, the program of
// docs/how-to/import-core.md, which grafts, trains and saves, and the command line.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = join(root, 'node_modules/.bin');
const version = (name) => createRequire(import.meta.url)(`${name}/package.json`).version;
const packed = [
  'packages/errors',
  'packages/kernels',
  'packages/core',
  'packages/store',
  'packages/studio',
  'apps/cli',
];

const run = (cwd, command, ...commandArguments) => {
  console.log(`$ ${command} ${commandArguments.join(' ')}`);
  execFileSync(command, commandArguments, {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) },
  });
};

const readExample = () => {
  const page = readFileSync(join(root, 'docs/how-to/import-core.md'), 'utf8');
  return page.match(/^```js\n([\s\S]*?)^```$/m)[1];
};

const scratch = mkdtempSync(join(tmpdir(), 'regraft-packed-'));
try {
  for (const path of packed) {
    run(join(root, path), 'pnpm', 'pack', '--silent', '--pack-destination', scratch);
  }
  const tarballs = readdirSync(scratch).filter((name) => name.endsWith('.tgz'));
  for (const tarball of tarballs) run(root, 'publint', '--strict', join(scratch, tarball));

  writeFileSync(join(scratch, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  copyFileSync(join(root, 'scripts/packed/consumer.ts'), join(scratch, 'consumer.ts'));
  copyFileSync(join(root, 'scripts/packed/tsconfig.json'), join(scratch, 'tsconfig.json'));
  writeFileSync(join(scratch, 'example.mjs'), readExample());
  run(
    scratch,
    'npm',
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...tarballs.map((name) => `./${name}`),
    `typescript@${version('typescript')}`,
  );
  run(scratch, 'npx', 'tsc', '-p', 'tsconfig.json');
  run(scratch, 'node', 'consumer.js');
  run(scratch, 'node', 'example.mjs', 'my-model');
  run(scratch, 'npx', 'regraft', '--version');
  run(scratch, 'npx', 'regraft', 'doctor');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true });
}
