/**
 * Peak memory and time of first `regraft fit`s on up to 20,000 images, of the head and of the last two blocks:
 * `pnpm --filter @regraft/bench memory`.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fitCommand } from './src/fit-command.mjs';
import { makeSmallPhotos } from './src/make-photos.mjs';
import { measureProcess } from './src/measure-process.mjs';
import { printTable, seconds } from './src/print-table.mjs';

const fits = [
  { count: 5000, trains: 'head' },
  { count: 10_000, trains: 'head' },
  { count: 20_000, trains: 'head' },
  { count: 20_000, trains: 'last two blocks, 1 epoch' },
];
const folder = await makeSmallPhotos(20_000);
/** By their own names, so that any number of the first ones shows all classes alike. */
const photos = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith('.jpg'))
  .sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
const rows = [['trains', 'images', 'time', 'per image', 'peak memory']];
for (const { count, trains } of fits) {
  const store = mkdtempSync(join(tmpdir(), 'regraft-bench-store-'));
  const list = join(store, 'photos.csv');
  writeFileSync(
    list,
    photos
      .slice(0, count)
      .map((name) => `${join(folder, name)},${dirname(name)}\n`)
      .join(''),
  );
  const unfreeze = trains === 'head' ? [] : ['--unfreeze', '2', '--epochs', '1'];
  const command = [...fitCommand(list, join(store, 'store')), ...unfreeze];
  const { processSeconds, peakBytes } = await measureProcess(command, { memory: true });
  rmSync(store, { recursive: true });
  rows.push([
    trains,
    String(count),
    seconds(processSeconds),
    `${((1000 * processSeconds) / count).toFixed(2)} ms`,
    `${(peakBytes / 1e6).toFixed(0)} MB`,
  ]);
}
printTable(rows);
console.log(
  'Peak memory of the process tree is to stay within 1200 MB for heads, 1500 MB for blocks, and the time linear.',
);
