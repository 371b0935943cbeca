import { constants } from 'node:fs';
import { access, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { RegraftError } from '@regraft/errors';
import { fileErrorCode, isMissing, withFileErrors } from './files/translate-file-error.js';
import type { StoreLayout } from './store-layout.js';

const refuse = (layout: StoreLayout, rule: string, received: string, hint: string): RegraftError =>
  new RegraftError({
    code: 'store-not-found',
    message: `${rule} Received: ${layout.root}${received}`,
    hint,
    details: { store: layout.root },
  });

const isFile = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (isMissing(error) || fileErrorCode(error) === 'ENOTDIR') return false;
    throw error;
  }
};

/** Throws 'store-not-found' unless there is a store in the folder. */
const assertStore = async (layout: StoreLayout): Promise<void> => {
  if (await isFile(layout.database)) return;
  throw refuse(
    layout,
    'A store must be a folder that Regraft made.',
    ', where there is none',
    'Name another with --store, or make one with `regraft fit`.',
  );
};

/** A new store may lie in a folder of its own only: it ignores everything in it, and owns it. */
const assertOwnFolder = async (layout: StoreLayout): Promise<void> => {
  const own = new Set([layout.blobs, layout.activations, layout.temporary].map((path) => basename(path)));
  const foreign = (await readdir(layout.root)).find(
    (name) => !own.has(name) && name !== '.gitignore' && !name.startsWith(basename(layout.database)),
  );
  if (foreign === undefined) return;
  throw refuse(
    layout,
    'A new store must have a folder of its own.',
    `, which holds ${foreign}`,
    'Name a folder that is new or empty with --store.',
  );
};

const makeStore = async (layout: StoreLayout): Promise<void> => {
  if (await isFile(layout.root)) {
    throw refuse(layout, 'A store must be a folder.', ', a file', 'Name a folder with --store.');
  }
  await mkdir(layout.root, { recursive: true });
  await assertOwnFolder(layout);
  await writeFile(join(layout.root, '.gitignore'), '*\n');
};

/**
 * Makes the folder of a store ready to be opened. Throws 'store-not-found' where there is no store or a new one cannot
 * be, 'store-read-only' where it is to be written and cannot.
 */
export const prepareFolder = (
  layout: StoreLayout,
  mode: 'create' | 'existing' | 'read-only',
): Promise<void> =>
  withFileErrors(layout, async () => {
    if (mode === 'create' && !(await isFile(layout.database))) await makeStore(layout);
    else await assertStore(layout);
    if (mode === 'read-only') return;
    await access(layout.root, constants.W_OK);
    for (const folder of [layout.blobs, layout.activations, layout.temporary])
      await mkdir(folder, { recursive: true });
    if (await isFile(layout.database)) await access(layout.database, constants.W_OK);
  });
