import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const regraft = join(
  dirname(createRequire(import.meta.url).resolve('regraft/package.json')),
  'bin/regraft.js',
);

/** The command that runs `regraft fit` on a folder or a CSV; its last line is the result as JSON. */
export const fitCommand = (data, store) => [
  process.execPath,
  regraft,
  'fit',
  data,
  '--store',
  store,
  '--json',
];
