import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new folder that goes away with the test, with the given files in it. */
export const temporaryFolder = (files: Readonly<Record<string, Uint8Array | string>> = {}): string => {
  const folder = mkdtempSync(join(tmpdir(), 'regraft-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFiles(folder, files);
  return folder;
};

/** Writes files below a folder, with the folders they need. */
export const writeFiles = (folder: string, files: Readonly<Record<string, Uint8Array | string>>): void => {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
};
