/**
 * A full training step of MobileNetV2 on each engine, against Keras on the same TensorFlow, against each other, and
 * against tfjs alone: `pnpm --filter @regraft/bench training-step`. Needs Python 3 for Keras and the native engine
 * (`regraft engine install native`).
 */
import { fileURLToPath } from 'node:url';
import { kerasCommand, kerasVersions } from './src/keras.mjs';
import { median } from './src/median.mjs';
import { printTable, ratio } from './src/print-table.mjs';
import { measureInTurn, startServedWork } from './src/served-work.mjs';

const batch = 8;
const rounds = 5;
const script = fileURLToPath(new URL('src/training-step.mjs', import.meta.url));

const ours = (engine, threads, side, steps, batchNorm) => ({
  name: `${engine}, ${threads} thread${threads === 1 ? '' : 's'}`,
  steps,
  start: () =>
    startServedWork([process.execPath, script, ...[side, batch, steps, batchNorm].map(String)], {
      REGRAFT_ENGINE: engine,
      REGRAFT_THREADS: String(threads),
    }),
});

const stockScript = fileURLToPath(new URL('src/stock-training-step.mjs', import.meta.url));

/** tfjs's own gradients on wasm, composed where it has none. */
const stock = (side, steps) => ({
  name: 'tfjs alone, wasm',
  steps,
  start: () => startServedWork([process.execPath, stockScript, ...[side, batch, steps].map(String)]),
});

const keras = (threads, side, steps, batchNorm) => ({
  name: `Keras, ${threads} threads`,
  steps,
  start: () => startServedWork(kerasCommand('training_step', side, batch, steps, threads, batchNorm)),
});

/** Milliseconds an image takes in each competitor, and the median ratio of the first to the second. */
const compare = async (title, target, competitors) => {
  const works = [];
  for (const { start } of competitors) works.push(await start());
  const seconds = await measureInTurn(works, rounds);
  for (const work of works) work.stop();
  const images = competitors.map(({ steps }) => steps * batch);
  const [first, second] = seconds.map((list, index) => list.map((value) => value / images[index]));
  const milliseconds = (values) => `${(1000 * median(values)).toFixed(1)} ms`;
  const share = median(first.map((value, round) => value / second[round]));
  return [
    title,
    `${competitors[0].name}: ${milliseconds(first)}`,
    `${competitors[1].name}: ${milliseconds(second)}`,
    ratio(share),
    target,
  ];
};

const rows = [['full step, per image', '', '', 'ratio', 'target']];
for (const [side, mode, target] of [
  [224, 'train', '<= 0.95'],
  [224, 'inference', '<= 0.95'],
  [96, 'train', '<= 1.20'],
  [96, 'inference', '<= 1.20'],
]) {
  const steps = side === 224 ? 6 : 16;
  rows.push(
    await compare(`${side} px, batch-norm in ${mode} mode`, target, [
      ours('native', 2, side, steps, mode),
      keras(2, side, steps, mode),
    ]),
  );
}
rows.push(
  await compare('224 px, batch-norm in inference mode', '<= 3.00', [
    ours('wasm', 1, 224, 2, 'inference'),
    ours('native', 1, 224, 2, 'inference'),
  ]),
);
rows.push(
  await compare('224 px, batch-norm in inference mode', '>= 5.00', [
    stock(224, 1),
    ours('wasm', 1, 224, 2, 'inference'),
  ]),
);
console.log(`MobileNetV2, batch ${batch}, medians of ${rounds} rounds in turn; ${kerasVersions.join(', ')}`);
printTable(rows);
