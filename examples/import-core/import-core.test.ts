import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

test('the page shows this example, to the letter', async () => {
  const page = await read('../../docs/how-to/import-core.md');
  expect(page).toContain(`\`\`\`ts\n${await read('import-core.ts')}\`\`\`\n`);
});

test('the example trains a model that tells discs from stripes, and that tfjs loads', async () => {
  const { report, modelJson, weights } = await import('./import-core.js');
  expect(report.accuracy).toMatchObject({ n: 12 });
  expect(report.accuracy.value).toBeGreaterThan(0.9);

  const { modelTopology, weightsManifest } = JSON.parse(modelJson);
  const handler = tf.io.fromMemory({
    modelTopology,
    weightSpecs: weightsManifest[0].weights,
    weightData: weights.slice().buffer,
  });
  const loaded = await tf.loadLayersModel(handler);
  expect(loaded.outputs.map(({ shape }) => shape)).toEqual([[null, 2]]);
});
