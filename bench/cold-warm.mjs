/**
 * The first and the second `regraft fit` on 2,000 photos, whole processes, against what decoding and trunk cost with
 * every core busy: `pnpm --filter @regraft/bench cold-warm`.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBackboneByName } from '@regraft/studio/models';
import { busySeconds } from './src/busy-seconds.mjs';
import { fitCommand } from './src/fit-command.mjs';
import { makeLargePhotos } from './src/make-photos.mjs';
import { measureProcess } from './src/measure-process.mjs';
import { median } from './src/median.mjs';
import { printTable, ratio, seconds } from './src/print-table.mjs';
import { trunkSegments } from './src/trunk-segments.mjs';

const folder = await makeLargePhotos();
const files = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith('.jpg'))
  .map((name) => join(folder, name));
const kilobytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / files.length / 1000;

const side = 224;
const segments = trunkSegments((await loadBackboneByName('mobilenet-v2.openimages')).network);

/** Everything measured once, side by side, so that a busy machine slows all of it alike. */
const measureRound = async () => {
  const store = mkdtempSync(join(tmpdir(), 'regraft-bench-store-'));
  const decode = await busySeconds(files, { side });
  const cold = await measureProcess(fitCommand(folder, store));
  const trunk = await busySeconds(files, { side, segments });
  const warm = await measureProcess(fitCommand(folder, store));
  rmSync(store, { recursive: true });
  if (cold.cache.misses !== files.length || warm.cache.hits !== files.length)
    throw new Error('The cache did not do its work.');
  return { decode, trunk, cold: cold.processSeconds, warm: warm.processSeconds };
};

const rounds = [];
for (let round = 0; round < 3; round++) rounds.push(await measureRound());
const floorOf = ({ decode, trunk }) => decode + trunk;
const row = (name, secondsOf) => [
  name,
  seconds(median(rounds.map(secondsOf))),
  ratio(median(rounds.map((round) => secondsOf(round) / floorOf(round)))),
];

console.log(
  `${files.length} JPEGs of ${kilobytes.toFixed(0)} kB, MobileNetV2 at ${side} px, ${availableParallelism()} cores, median of ${rounds.length}`,
);
printTable([
  ['', 'time', 'of decode + trunk'],
  row('decode, every core busy', ({ decode }) => decode),
  row('trunk, every core busy', ({ trunk }) => trunk),
  row('first fit', ({ cold }) => cold),
  row('second fit', ({ warm }) => warm),
]);
const first = median(rounds.map((round) => round.cold / floorOf(round)));
const second = median(rounds.map(({ cold, warm }) => warm / cold));
console.log(`first / (decode + trunk) ${ratio(first)}, to stay within 1.30`);
console.log(`second / first ${ratio(second)}, to stay within 0.20`);
