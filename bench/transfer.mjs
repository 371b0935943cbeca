/**
 * Whole processes from a folder of 1,000 photos to a trained model, against Keras's transfer-learning loop with a frozen
 * base and against Keras with features cached by hand: `pnpm --filter @regraft/bench transfer`. Needs Python 3 for Keras
 * and the native engine (`regraft engine install native`). REGRAFT_BENCH_ROUNDS=1 makes one round of it, ten minutes.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fitCommand } from './src/fit-command.mjs';
import { kerasCommand, kerasVersions } from './src/keras.mjs';
import { makeLargePhotos } from './src/make-photos.mjs';
import { measureProcess } from './src/measure-process.mjs';
import { median } from './src/median.mjs';
import { printTable, ratio, seconds } from './src/print-table.mjs';

const rounds = Number(process.env.REGRAFT_BENCH_ROUNDS ?? 3);
const folder = await makeLargePhotos(1000);

/** A first fit in a new store; its seconds and those of each epoch. */
const ours = async (engine, freeze, epochs) => {
  const scratch = mkdtempSync(join(tmpdir(), 'regraft-bench-store-'));
  const recipe = join(scratch, 'recipe.json');
  const training = { epochs, patience: null, headSolver: freeze === 'head-only' ? 'gradient' : 'exact' };
  const plan = freeze === 'head-only' ? { kind: freeze } : { kind: 'last', count: freeze };
  const start = { kind: 'backbone', name: 'mobilenet-v2.openimages' };
  writeFileSync(recipe, JSON.stringify({ data: { folder }, start, freeze: plan, training }));
  const command = [...fitCommand(folder, join(scratch, 'store')), '--recipe', recipe];
  const { processSeconds, lines } = await measureProcess(command, {
    env: { REGRAFT_ENGINE: engine },
  });
  rmSync(scratch, { recursive: true });
  const epochSeconds = lines
    .filter(({ type, event }) => type === 'training' && event.type === 'epoch-end')
    .map(({ event }) => event.seconds);
  return { seconds: processSeconds, epoch: median(epochSeconds.slice(-9)) };
};

const keras = async (epochs, how) => {
  const { processSeconds } = await measureProcess(kerasCommand('transfer', folder, epochs, how));
  return { seconds: processSeconds };
};

const competitors = {
  head: () => ours('native', 'head-only', 20),
  blocksNative: () => ours('native', 2, 10),
  blocksWasm: () => ours('wasm', 2, 10),
  frozen20: () => keras(20, 'frozen'),
  frozen10: () => keras(10, 'frozen'),
  cached20: () => keras(20, 'cached'),
};
const results = Object.fromEntries(Object.keys(competitors).map((name) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const [name, run] of Object.entries(competitors)) results[name].push(await run());
}

const time = (name) => median(results[name].map((result) => result.seconds));
const share = (own, other) =>
  ratio(median(results[own].map((result, round) => result.seconds / results[other][round].seconds)));
const row = (title, own, other, target) => [
  title,
  seconds(time(own)),
  seconds(time(other)),
  share(own, other),
  target,
];
console.log(`1000 JPEGs, medians of ${rounds} rounds in turn; ${kerasVersions.join(', ')}`);
printTable([
  ['whole process', 'Regraft', 'Keras', 'ratio', 'target'],
  row('head only, 20 epochs, against the frozen-base loop', 'head', 'frozen20', '<= 0.083'),
  row('head only, 20 epochs, against features cached by hand', 'head', 'cached20', '<= 0.80'),
  row(
    'last two blocks, 10 epochs, native, against the frozen-base loop',
    'blocksNative',
    'frozen10',
    '<= 0.33',
  ),
  row('last two blocks, 10 epochs, wasm, against the frozen-base loop', 'blocksWasm', 'frozen10', '<= 1.00'),
]);
const epoch = 1000 * median(results.head.map((result) => result.epoch));
console.log(`an epoch of head training on cached features takes ${epoch.toFixed(0)} ms, to be at most 50`);
