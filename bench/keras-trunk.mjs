/**
 * A frozen trunk as Regraft runs it, on onnxruntime-node, against Keras's forward pass in a tf.function:
 * `pnpm --filter @regraft/bench keras-trunk`. Needs Python 3 for Keras.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { kerasCommand, kerasVersions } from './src/keras.mjs';
import { median } from './src/median.mjs';
import { printTable, ratio } from './src/print-table.mjs';
import { measureInTurn, startServedWork } from './src/served-work.mjs';

const [side, batch, runs, rounds] = [224, 8, 20, 7];
const script = fileURLToPath(new URL('src/trunk.mjs', import.meta.url));
const works = [
  await startServedWork([process.execPath, script, ...[side, batch, runs].map(String)]),
  await startServedWork(kerasCommand('trunk', side, batch, runs, 2)),
];
const [own, keras] = await measureInTurn(works, rounds);
for (const work of works) work.stop();
const milliseconds = (values) => `${((1000 * median(values)) / (batch * runs)).toFixed(1)} ms`;
console.log(
  `MobileNetV2 at ${side} px, ${availableParallelism()} cores, median of ${rounds} rounds in turn; ${kerasVersions.join(', ')}`,
);
printTable([
  ['', 'per image'],
  ['onnxruntime-node, one image at a time, every core busy', milliseconds(own)],
  [`Keras in a tf.function, batch ${batch}, 2 threads`, milliseconds(keras)],
]);
console.log(
  `${ratio(median(own.map((value, round) => value / keras[round])))} of Keras's time, to be at most 0.65`,
);
