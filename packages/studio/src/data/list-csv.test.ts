import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../testing/temporary-folder.js';
import { classFolders } from '../testing/test-images.js';
import { listCsv } from './list-csv.js';
import type { Manifest } from './manifest.js';
import { scanDataset } from './scan-dataset.js';

const rowsOf = async (content: string | Uint8Array, name = 'data.csv'): Promise<string[]> => {
  const root = temporaryFolder({ [name]: content });
  const { files } = await listCsv(join(root, name));
  return files.map(({ path, label, split }) => `${path.slice(root.length + 1)} ${label} ${split ?? '-'}`);
};

const failureOf = (content: string | Uint8Array): Promise<unknown> =>
  rowsOf(content).then(
    () => 'no error',
    ({ code, message }) => `${code}: ${message}`,
  );

test('lines of path,label with and without header, split, quotes, byte order mark and Windows line ends', async () => {
  expect(await rowsOf('a.jpg,cat\nb.jpg,dog\n')).toEqual(['a.jpg cat -', 'b.jpg dog -']);
  expect(await rowsOf('\ufeffPath,Label\r\na.jpg,cat\r\n')).toEqual(['a.jpg cat -']);
  expect(await rowsOf('split,label,filename\ntrain,cat,a.jpg\nVALID,dog,b.jpg\n,cat,c.jpg')).toEqual([
    'a.jpg cat train',
    'b.jpg dog validation',
    'c.jpg cat -',
  ]);
  expect(await rowsOf('"one, two.jpg","a ""big"" cat",test\n\n"x\n.jpg",cat,train')).toEqual([
    'one, two.jpg a "big" cat test',
    'x\n.jpg cat train',
  ]);
  expect(await rowsOf('path;label\n"a,b.jpg";cat')).toEqual(['a,b.jpg cat -']);
  expect(await rowsOf('a.jpg\tcat', 'data.tsv')).toEqual(['a.jpg cat -']);
  expect(await rowsOf(Buffer.from('\ufeffa.jpg,ネコ', 'utf16le'))).toEqual(['a.jpg ネコ -']);
  expect(await rowsOf('a.jpg, cafe\u0301 ')).toEqual(['a.jpg caf\u00e9 -']);
});

test('a CSV that can not be read as one says why', async () => {
  expect(await failureOf('')).toMatch(/data-invalid: A CSV must hold a path and a label/);
  expect(await failureOf('path,label\n')).toMatch(/data-invalid: .*Received no such line/);
  expect(await failureOf('path,width\na.jpg,3')).toMatch(/data-invalid: .*Received: path, width/);
  expect(await failureOf('a.jpg,cat,holdout')).toMatch(/data-invalid: .*"holdout" in row 1/);
  expect(await failureOf('a.jpg,"cat')).toMatch(/data-invalid: .*quotes/i);
  expect(await failureOf(Buffer.from('a.jpg,caf\xe9', 'latin1'))).toMatch(
    /data-invalid: A CSV must be UTF-8/,
  );
  await expect(listCsv('/nowhere/data.csv')).rejects.toMatchObject({ code: 'data-not-found' });
  await expect(listCsv('/')).rejects.toMatchObject({ code: 'data-invalid' });
});

test("paths are relative to the CSV's folder, in whatever spelling; missing files and labels are named", async () => {
  const root = temporaryFolder({
    ...(await classFolders({ 'images/one': 3, 'images/two': 3, outside: 1 })),
    'images/caf\u00e9.png': await classFolders({ x: 1 }, 40).then((files) => files['x/0.png']!),
  });
  writeFiles(root, {
    'images/list.csv': [
      'path,label',
      'one/0.png,cat',
      '.\\one\\1.png,cat',
      'one/2.png,cat',
      `${root}/images/two/0.png,dog`,
      'two/1.png,dog',
      'two/2.png,dog',
      '../outside/0.png,dog',
      'cafe\u0301.png,cat',
      'gone.png,cat',
      'one/0.png,cat',
      'two/2.png,',
      ',dog',
    ].join('\n'),
  });
  const manifest: Manifest = await scanDataset({ csv: join(root, 'images/list.csv'), seed: 1 });
  expect(manifest.name).toBe('list');
  expect(manifest.images.map(({ path, label }) => `${path} ${label}`).sort()).toEqual([
    `${root}/outside/0.png 1`,
    'caf\u00e9.png 0',
    'one/0.png 0',
    'one/1.png 0',
    'one/2.png 0',
    'two/0.png 1',
    'two/1.png 1',
    'two/2.png 1',
  ]);
  expect(manifest.problems).toEqual([
    { kind: 'missing', path: 'gone.png', detail: 'there is no such file, or its link leads nowhere' },
    { kind: 'missing', path: 'list.csv', detail: 'row 13 names no file' },
    { kind: 'duplicate', path: 'one/0.png', detail: 'the same image as one/0.png' },
    { kind: 'unlabelled', path: 'two/2.png', detail: 'row 12 has no label' },
  ]);
});
