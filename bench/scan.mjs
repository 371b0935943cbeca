/** Time and peak memory of scanning 100,000 tiny images: `pnpm --filter @regraft/bench scan`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { measureProcess } from './src/measure-process.mjs';
import { printTable, seconds } from './src/print-table.mjs';

const counts = [25_000, 100_000];
const folder = mkdtempSync(join(tmpdir(), 'regraft-bench-scan-'));
const background = { width: 8, height: 8, channels: 3, background: '#336699' };
const image = await sharp({ create: background }).jpeg().toBuffer();
let made = 0;
const rows = [['files', 'time', 'per file', 'peak memory']];
for (const count of counts) {
  for (; made < count; made++) {
    const label = join(folder, `class ${made % 10}`);
    if (made < 10) mkdirSync(label);
    // Bytes after the end of a JPEG make another file of it, and no other image.
    writeFileSync(join(label, `${made}.jpg`), Buffer.concat([image, Buffer.from(String(made))]));
  }
  const scan = fileURLToPath(new URL('src/scan.mjs', import.meta.url));
  const { scanSeconds, images, peakBytes } = await measureProcess([process.execPath, scan, folder], {
    memory: true,
  });
  if (images !== count) throw new Error(`The scan found ${images} images of ${count}.`);
  rows.push([
    String(count),
    seconds(scanSeconds),
    `${((1000 * scanSeconds) / count).toFixed(2)} ms`,
    `${(peakBytes / 1e6).toFixed(0)} MB`,
  ]);
}
rmSync(folder, { recursive: true });
printTable(rows);
