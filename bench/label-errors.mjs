/**
 * How well wrong labels are found: 5 % of the labels of three classes of drawings are changed at random, and as many
 * of the most suspicious are looked at, by the features of two backbones and by both: `pnpm --filter @regraft/bench label-errors`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examplesFromArray, findLabelErrors, outOfFoldProbabilities, randomGenerator } from '@regraft/core';
import { loadBackboneByName, startEngine } from '@regraft/studio/models';
import { drawImages, handNames } from './src/drawings.mjs';
import { featuresOf } from './src/features-of.mjs';
import { printTable } from './src/print-table.mjs';

const subjects = ['animals', 'food', 'travel'];
const share = 0.05;
const seeds = [1, 2, 3, 4, 5];
const backbones = ['mobilenet-v2.openimages', 'efficientnet-lite0.imagenet'];

/** Pooled features of a backbone, each image's scaled to length 1. */
const unitFeaturesOf = async (backbone, images) => {
  const { values, columns } = await featuresOf(backbone, images);
  return images.map((_, index) => {
    const row = values.subarray(index * columns, (index + 1) * columns);
    const length = Math.hypot(...row);
    return row.map((value) => value / length);
  });
};

/** The rows of several backbones side by side. */
const joinFeatures = (sets) => {
  const rows = sets[0].map((_, index) => sets.flatMap((rowsOfSet) => [...rowsOfSet[index]]));
  return examplesFromArray(Float32Array.from(rows.flat()), [rows[0].length]);
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

const judge = async (examples, labels) =>
  (await outOfFoldProbabilities({ examples, labels }, subjects.length)).probabilities;

/** Which share of the first suspects has a wrong label, and which share of the wrong labels is among all suspects. */
const score = (probabilities, { given, wrong }) => {
  const { errors } = findLabelErrors(probabilities, given, subjects.length);
  const isWrong = ({ index }) => wrong.has(index);
  return {
    precision: errors.slice(0, wrong.size).filter(isWrong).length / wrong.size,
    recall: errors.filter(isWrong).length / wrong.size,
    listed: errors.length,
  };
};

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

const measure = async (examples, labels) => {
  const knowing = await judge(examples, labels);
  const results = [];
  const ceilings = [];
  for (const seed of seeds) {
    const mislabelled = mislabel(labels, seed);
    results.push(score(await judge(examples, mislabelled.given), mislabelled));
    ceilings.push(score(knowing, mislabelled).precision);
  }
  const precisions = results.map(({ precision }) => precision);
  const range = `${Math.min(...precisions).toFixed(2)}-${Math.max(...precisions).toFixed(2)}`;
  return [
    `${mean(precisions).toFixed(2)} (${range})`,
    mean(ceilings).toFixed(2),
    mean(results.map(({ recall }) => recall)).toFixed(2),
    mean(results.map(({ listed }) => listed)).toFixed(0),
  ];
};

await startEngine();
const loaded = await Promise.all(backbones.map((name) => loadBackboneByName(name)));
const folder = mkdtempSync(join(tmpdir(), 'regraft-bench-labels-'));
const rows = [];
for (const hand of handNames) {
  const images = await drawImages(hand, subjects, join(folder, hand));
  const labels = images.map(({ label }) => label);
  const counts = [String(images.length), String(Math.round(share * images.length))];
  const features = [];
  for (const backbone of loaded) features.push(await unitFeaturesOf(backbone, images));
  for (const [index, set] of features.entries())
    rows.push([hand, backbones[index], ...counts, ...(await measure(joinFeatures([set]), labels))]);
  rows.push([hand, 'both', ...counts, ...(await measure(joinFeatures(features), labels))]);
}
rmSync(folder, { recursive: true });
console.log(`${subjects.join(', ')}; ${share * 100} % of the labels wrong, ${seeds.length} seeds`);
printTable([
  [
    'hand',
    'features',
    'images',
    'wrong',
    'precision@wrong',
    'by heads that know',
    'recall of the list',
    'listed',
  ],
  ...rows,
]);
console.log('precision@wrong on noto, to be at least 0.70');
