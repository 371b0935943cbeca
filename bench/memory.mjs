/** Peak memory and time of a first pass over up to 20,000 images: `pnpm --filter @regraft/bench memory`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeSmallPhotos } from './src/make-photos.mjs';
import { measureProcess } from './src/measure-process.mjs';
import { printTable, seconds } from './src/print-table.mjs';

const counts = [5000, 10_000, 20_000];
const folder = await makeSmallPhotos(counts.at(-1));
const pass = fileURLToPath(new URL('src/pass.mjs', import.meta.url));
const rows = [['images', 'time after the scan', 'per image', 'peak memory']];
for (const count of counts) {
  const store = mkdtempSync(join(tmpdir(), 'regraft-bench-store-'));
  const { passSeconds, peakBytes } = await measureProcess([pass, folder, store, String(count)], {
    memory: true,
  });
  rmSync(store, { recursive: true });
  rows.push([
    String(count),
    seconds(passSeconds),
    `${((1000 * passSeconds) / count).toFixed(2)} ms`,
    `${(peakBytes / 1e6).toFixed(0)} MB`,
  ]);
}
printTable(rows);
console.log('Peak memory of the process tree is to stay within 1200 MB, and the time linear.');
