/**
 * How often drift is seen where there is none, and where there is: random halves of one hand's drawings against each other,
 * and 100 drawings of another hand against those of the first, by the features of the default backbone; and how long it
 * takes: `pnpm --filter @regraft/bench drift`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureDrift, randomGenerator } from '@regraft/core';
import { loadBackboneByName } from '@regraft/studio/models';
import { drawImages, handNames } from './src/drawings.mjs';
import { featuresOf, rowsOf } from './src/features-of.mjs';
import { printTable, seconds, shareOf } from './src/print-table.mjs';

const subjects = ['animals', 'food', 'travel'];
const splits = 400;
const draws = 200;
const sampleSize = 100;
/** Of each test; the p-value at the decision needs no more. */
const permutations = 199;

const folder = mkdtempSync(join(tmpdir(), 'regraft-bench-drift-'));
const backbone = await loadBackboneByName('mobilenet-v2.openimages', {});
const hands = new Map();
for (const hand of handNames) {
  hands.set(hand, await featuresOf(backbone, await drawImages(hand, subjects, join(folder, hand))));
}
rmSync(folder, { recursive: true });

const shuffled = ({ values, columns }, seed, name) =>
  randomGenerator(seed, name).shuffle(
    Int32Array.from({ length: values.length / columns }, (_, index) => index),
  );

const isDrift = async (reference, sample, seed) =>
  (await measureDrift(reference, sample, { seed, permutations })).decision === 'drift';

const rows = [['measure', 'result', 'target']];
const [first, ...others] = [...hands];
let alarms = 0;
for (let seed = 0; seed < splits; seed++) {
  const [hand, features] = first;
  const order = shuffled(features, seed, `halves of ${hand}`);
  const half = order.length >> 1;
  const parts = [order.subarray(0, half), order.subarray(half)].map((part) => rowsOf(features, part));
  if (await isDrift(parts[0], parts[1], seed)) alarms++;
}
rows.push([`false alarms, halves of ${first[0]}`, shareOf(alarms, splits), '5 % +- 2']);
for (const [hand, features] of others) {
  let seen = 0;
  for (let seed = 0; seed < draws; seed++) {
    const order = shuffled(features, seed, 'sample').subarray(0, sampleSize);
    if (await isDrift(first[1], rowsOf(features, order), seed)) seen++;
  }
  rows.push([`seen, ${sampleSize} drawings of ${hand} against ${first[0]}`, shareOf(seen, draws), '>= 95 %']);
}
for (const count of [20, 20_000]) {
  const features = first[1];
  const size = features.values.length / features.columns;
  const sample = rowsOf(
    features,
    Int32Array.from({ length: count }, (_, index) => index % size),
  );
  const started = performance.now();
  const { detectable } = await measureDrift(features, sample, { seed: 0 });
  const taken = (performance.now() - started) / 1000;
  const shift = detectable.shift === null ? 'none' : `${detectable.shift.toFixed(1)} deviations`;
  rows.push([`time for ${count} images`, seconds(taken), '']);
  rows.push([`smallest shift that ${count} images show`, shift, '']);
}
printTable(rows);
