/**
 * How well wrong labels are found: 5 % of the labels of three classes of drawings are changed at random, and as many
 * of the most suspicious are looked at: `pnpm --filter @regraft/bench label-errors`.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  examplesFromArray,
  findLabelErrors,
  hashNetwork,
  outOfFoldProbabilities,
  randomGenerator,
  sha256,
} from '@regraft/core';
import { activationSpace, extractActivations, loadBackboneByName, startEngine } from '@regraft/studio/models';
import { drawingsOf, hands, renderDrawings } from '../apps/cli/dist/demo/drawings.js';
import { printTable } from './src/print-table.mjs';

const subjects = ['animals', 'food', 'travel'];
const share = 0.05;
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const backbones = process.argv.length > 2 ? process.argv.slice(2) : ['mobilenet-v2.openimages'];

const renderHand = async (hand, folder) => {
  await renderDrawings(drawingsOf(hand, subjects), folder);
  const files = subjects.flatMap((subject, label) =>
    readdirSync(join(folder, subject))
      .sort()
      .map((name) => ({ file: join(folder, subject, name), label })),
  );
  return Promise.all(
    files.map(async (image) => ({ ...image, sha256: await sha256(readFileSync(image.file)) })),
  );
};

const featuresOf = async ({ network, preprocessing }, images) => {
  const space = activationSpace({
    backbone: await hashNetwork(network),
    cut: network.output,
    preprocessing,
  });
  const extracted = await extractActivations({ images, trunk: network, preprocessing, space });
  const { source } = extracted.views[0];
  const values = new Float32Array(source.size * source.shape[0]);
  await source.read([...images.keys()], values);
  await extracted.close();
  return examplesFromArray(values, source.shape);
};

/** Labels of which some, chosen by the seed, are another class's. */
const mislabel = (labels, seed) => {
  const generator = randomGenerator(seed, 'label-errors');
  const order = generator.shuffle(Int32Array.from(labels.keys()));
  const wrong = new Set(order.subarray(0, Math.round(share * labels.length)));
  const given = labels.map((label, index) =>
    wrong.has(index) ? (label + 1 + Math.floor(2 * generator.uniform())) % subjects.length : label,
  );
  return { given, wrong };
};

const precisionAt = async (examples, labels, seed) => {
  const { given, wrong } = mislabel(labels, seed);
  const { probabilities } = await outOfFoldProbabilities({ examples, labels: given }, subjects.length);
  const { errors, noise } = findLabelErrors(probabilities, given, subjects.length);
  const found = errors.slice(0, wrong.size).filter(({ index }) => wrong.has(index)).length;
  const recall = errors.filter(({ index }) => wrong.has(index)).length / wrong.size;
  return { precision: found / wrong.size, recall, listed: errors.length, noise };
};

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
await startEngine();
const folder = mkdtempSync(join(tmpdir(), 'regraft-bench-labels-'));
const rows = [];
for (const name of backbones) {
  const backbone = await loadBackboneByName(name);
  for (const hand of Object.keys(hands)) {
    const images = await renderHand(hand, join(folder, hand));
    const examples = await featuresOf(backbone, images);
    const labels = images.map(({ label }) => label);
    const results = [];
    for (const seed of seeds) results.push(await precisionAt(examples, labels, seed));
    const precisions = results.map(({ precision }) => precision);
    rows.push([
      hand,
      name,
      String(images.length),
      String(Math.round(share * images.length)),
      `${mean(precisions).toFixed(2)} (${Math.min(...precisions).toFixed(2)}-${Math.max(...precisions).toFixed(2)})`,
      mean(results.map(({ recall }) => recall)).toFixed(2),
      mean(results.map(({ listed }) => listed)).toFixed(0),
    ]);
  }
}
rmSync(folder, { recursive: true });
console.log(`${subjects.join(', ')}; ${share * 100} % of the labels wrong, ${seeds.length} seeds`);
printTable([['hand', 'backbone', 'images', 'wrong', 'precision@wrong', 'recall of the list', 'listed'], ...rows]);
console.log('precision@wrong on noto, to be at least 0.70');
