// Packs every package as a release would, holds each to publint, installs the tarballs with npm in an empty
// project, type-checks a consumer against them with the strictest settings and runs it and the command line.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';

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
    // What a package holds is long, and of interest only where something is wrong with it.
    stdio: ['ignore', command === 'pnpm' ? 'ignore' : 'inherit', 'inherit'],
    env: { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) },
  });
};

const scratch = mkdtempSync(join(tmpdir(), 'regraft-packed-'));
try {
  for (const path of packed) {
    run(join(root, path), 'pnpm', 'pack', '--pack-destination', scratch);
  }
  const tarballs = readdirSync(scratch).filter((name) => name.endsWith('.tgz'));
  for (const tarball of tarballs) run(root, 'publint', '--strict', join(scratch, tarball));

  writeFileSync(join(scratch, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  for (const file of ['packed/consumer.ts', 'packed/tsconfig.json', 'packed/tsconfig.node.json']) {
    copyFileSync(join(root, 'scripts', file), join(scratch, basename(file)));
  }
  copyFileSync(join(root, 'examples/import-core/import-core.ts'), join(scratch, 'import-core.ts'));
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
    '@types/node@20',
  );
  run(scratch, 'npx', 'tsc', '-p', 'tsconfig.json');
  run(scratch, 'npx', 'tsc', '-p', 'tsconfig.node.json');
  run(scratch, 'node', 'consumer.js');
  run(scratch, 'node', 'import-core.js');
  run(scratch, 'npx', 'regraft', '--version');
  run(scratch, 'npx', 'regraft', 'doctor');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true });
}
