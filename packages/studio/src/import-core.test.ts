import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { temporaryFolder } from './testing/temporary-folder.js';
import { useWasm } from './testing/use-wasm.js';

const page = new URL('../../../docs/how-to/import-core.md', import.meta.url);

/** Programs on the page: what stands between ```js and ```. */
const programs = [...readFileSync(page, 'utf8').matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(
  ([, code]) => code!,
);

test('the program in import-core.md runs as it stands, and plain TensorFlow.js loads what it saves', async () => {
  expect(programs).toHaveLength(1);
  const folder = join(temporaryFolder(), 'my-model');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-', folder], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    input: programs[0]!,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const [, share] = stdout.match(/^accuracy (\S+) \(95 %: \S+ to \S+, n 12\)$/m)!;
  expect(Number(share)).toBeGreaterThan(0.9);
  expect(stdout).toMatch(/^tail, epoch 2: loss \d/m);
  expect(stdout).toMatch(/^96 frozen tensors, /m);
  expect(stdout).toMatch(/^a picture of bars: bars$/m);

  await useWasm();
  const modelJson = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as tf.io.ModelJSON;
  const weights = new Uint8Array(readFileSync(join(folder, 'weights.bin')));
  const model = await tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: modelJson.modelTopology,
      weightSpecs: modelJson.weightsManifest.flatMap((group) => group.weights),
      weightData: weights.buffer,
    }),
  );
  const probabilities = model.predict(tf.zeros([1, 224, 224, 3])) as tf.Tensor;
  expect(probabilities.shape).toEqual([1, 2]);
  expect(probabilities.sum().dataSync()[0]).toBeCloseTo(1, 5);
});
