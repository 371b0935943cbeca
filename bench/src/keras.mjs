import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is measured against. */
export const kerasVersions = ['tensorflow-cpu==2.16.2', 'keras==3.3.3'];

const folder = join(tmpdir(), 'regraft-bench', 'keras');
const python = join(folder, 'bin', 'python');

/** The path of a Python with Keras in an environment of its own, made on first use in the system's temporary folder. */
const kerasPython = () => {
  const complete = join(folder, '.complete');
  if (!existsSync(complete)) {
    console.error(`Installing ${kerasVersions.join(' and ')} in ${folder}`);
    mkdirSync(folder, { recursive: true });
    execFileSync('python3', ['-m', 'venv', folder]);
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', ...kerasVersions], { stdio: ['ignore', 2, 2] });
    writeFileSync(complete, '');
  }
  return python;
};

/** A script of bench/keras with its arguments, as a command. */
export const kerasCommand = (script, ...argv) => [
  kerasPython(),
  fileURLToPath(new URL(`../keras/${script}.py`, import.meta.url)),
  ...argv.map(String),
];
