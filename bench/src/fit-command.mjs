import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const regraft = join(
  dirname(createRequire(import.meta.url).resolve('regraft/package.json')),
  'bin/regraft.js',
);

/** A command of `regraft` on a store; its output is events as JSON, the last of them the result. */
const regraftCommand = (words, store) => [process.execPath, regraft, ...words, '--store', store, '--json'];

/** The command that runs `regraft fit` on a folder or a CSV. */
export const fitCommand = (data, store) => regraftCommand(['fit', data], store);

/** The command that runs `regraft advise` on a version and a folder. */
export const adviseCommand = (version, data, store) => regraftCommand(['advise', version, data], store);
