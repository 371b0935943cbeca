import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-store.js';
import { OpenFiles } from './open-files.js';

test('files are used at once and anew, and a missing one is tried again', async () => {
  const folder = await temporaryFolder();
  const files = new OpenFiles(2);
  const paths = Array.from({ length: 6 }, (_, index) => join(folder, String(index)));
  const read = (path: string): Promise<string> =>
    files.use(path, async (file) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(10), 0, 10, 0);
      return buffer.toString('utf8', 0, bytesRead);
    });
  await expect(read(paths[0]!)).rejects.toThrow('ENOENT');
  for (const [index, path] of paths.entries()) await writeFile(path, `file ${index}`);
  const twice = [...paths, ...paths];
  expect(await Promise.all(twice.map(read))).toEqual(twice.map((_, index) => `file ${index % 6}`));
  expect(files.size).toBeLessThanOrEqual(2);
  await files.close();
  expect(files.size).toBe(0);
});
