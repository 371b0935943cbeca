import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { expect, onTestFinished, test } from 'vitest';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

/** Makes a new folder the current one until the test ends. */
const enterTemporaryFolder = (): void => {
  const folder = mkdtempSync(join(tmpdir(), 'regraft-example-'));
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });
};

test('the page shows this example, to the letter', async () => {
  const page = await read('../../docs/how-to/import-core.md');
  expect(page).toContain(`\`\`\`ts\n${await read('import-core.ts')}\`\`\`\n`);
});

test('the example trains a model that tells rings from bars, and that tfjs loads from its files', async () => {
  enterTemporaryFolder();
  const { accuracy, proof, label } = await import('./import-core.js');
  expect(accuracy).toMatchObject({ n: 12 });
  expect(accuracy.value).toBeGreaterThan(0.9);
  expect(proof).toMatchObject({ equal: true, tensors: 96 });
  expect(label).toBe('bars');

  const modelJson = JSON.parse(await readFile('my-model/model.json', 'utf8')) as tf.io.ModelJSON;
  const handler = tf.io.fromMemory({
    modelTopology: modelJson.modelTopology,
    weightSpecs: modelJson.weightsManifest[0]!.weights,
    weightData: new Uint8Array(await readFile('my-model/weights.bin')).buffer,
  });
  const loaded = await tf.loadLayersModel(handler);
  expect(loaded.outputs.map(({ shape }) => shape)).toEqual([[null, 2]]);
});
