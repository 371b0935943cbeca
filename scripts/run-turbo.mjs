// Runs turbo with its telemetry and its telemetry notice off, whatever the shell.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const turbo = createRequire(import.meta.url).resolve('turbo');
const { status, signal } = spawnSync(process.execPath, [turbo, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    TURBO_TELEMETRY_DISABLED: '1',
    // turbo runs each package's scripts through pnpm, which is a dependency of this repository.
    PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
  },
});
process.exitCode = signal === null ? status : 1;
