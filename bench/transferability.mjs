/**
 * Whether LogME, by which `regraft advise` ranks backbones without training, ranks them as trained heads do on test images:
 * `pnpm --filter @regraft/bench transferability`. Takes the backbones that a package registry carries, and photos and
 * clothes from apt.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  collectTraining,
  examplesFromArray,
  graft,
  logMe,
  predictProbabilities,
  replaceHead,
  train,
} from '@regraft/core';
import { listBackbones } from '@regraft/studio';
import { loadBackboneByName, startEngine } from '@regraft/studio/models';
import { drawings, handNames } from './src/drawings.mjs';
import { featuresOf, rowsOf } from './src/features-of.mjs';
import { greys } from './src/greys.mjs';
import { writeSplit } from './src/image-folders.mjs';
import { listImages } from './src/list-images.mjs';
import { clipArt, photos } from './src/photos.mjs';
import { percent, printTable, shareOf } from './src/print-table.mjs';
import { agreeingPairs } from './src/rank-agreement.mjs';

const five = ['animals', 'food', 'travel', 'activities', 'objects'];
const three = five.slice(0, 3);
const four = ['animals', 'food', 'plants', 'vehicles'];

/** Images and the sets of subjects that are told apart in them. */
const collections = [
  ...handNames.map((hand) => ({
    name: hand,
    images: drawings(hand, five),
    tasks: [three, five.slice(3), five],
  })),
  { name: 'photos', images: photos(), perClass: 12, tasks: [four] },
  { name: 'clip art', images: clipArt(), tasks: [four] },
  { name: 'clothes in grey', images: greys(), tasks: [[...new Set(greys().map(({ subject }) => subject))]] },
];

/** The images of a task: their features and their labels in it. */
const examplesOf = (features, images, task, subjects) => {
  const kept = [...images.keys()].filter((index) => task.includes(subjects[images[index].label]));
  const { values, columns } = rowsOf(features, kept);
  return {
    values,
    examples: examplesFromArray(values, [columns]),
    labels: Int32Array.from(kept, (index) => task.indexOf(subjects[images[index].label])),
  };
};

const headAccuracy = async (backbone, task, learn, test) => {
  const model = graft(backbone, { head: replaceHead(task), freeze: { kind: 'head-only' } });
  const { model: trained } = await collectTraining(train(model, { training: learn }, { seed: 0 }));
  const probabilities = await predictProbabilities(trained, test.examples);
  const right = [...test.labels].filter((label, index) => {
    const row = probabilities.subarray(index * task.length, (index + 1) * task.length);
    return row.indexOf(Math.max(...row)) === label;
  });
  return right.length / test.labels.length;
};

await startEngine();
const listed = await listBackbones();
const names = listed.map(({ spec }) => spec).filter(({ source }) => source.kind !== 'url');
const backbones = await Promise.all(names.map(({ id }) => loadBackboneByName(id)));
const folder = mkdtempSync(join(tmpdir(), 'regraft-bench-transferability-'));
const results = [];
for (const { name, images, perClass = 50, tasks } of collections) {
  const subjects = [...new Set(images.map(({ subject }) => subject))];
  const { learn, test } = await writeSplit(images, join(folder, name), { perClass, most: 50 });
  const [toLearn, toTest] = [await listImages(learn, subjects), await listImages(test, subjects)];
  const scores = tasks.map(() => []);
  for (const backbone of backbones) {
    const [learned, tested] = [await featuresOf(backbone, toLearn), await featuresOf(backbone, toTest)];
    for (const [index, task] of tasks.entries()) {
      const own = examplesOf(learned, toLearn, task, subjects);
      const held = examplesOf(tested, toTest, task, subjects);
      scores[index].push({
        evidence: await logMe(own.values, own.labels, task.length),
        accuracy: await headAccuracy(backbone, task, own, held),
        n: held.labels.length,
      });
    }
  }
  for (const [index, task] of tasks.entries())
    results.push({ name: `${name}, ${task.length} classes`, scores: scores[index] });
}
rmSync(folder, { recursive: true });

const place = (values) => values.indexOf(Math.max(...values));
const rows = results.map(({ name, scores }) => {
  const evidences = scores.map(({ evidence }) => evidence);
  const accuracies = scores.map(({ accuracy }) => accuracy);
  const first = place(evidences);
  return {
    name,
    n: scores[0].n,
    evidences,
    accuracies,
    lost: Math.max(...accuracies) - accuracies[first],
    gained: accuracies[first] - accuracies[0],
    ...agreeingPairs(evidences, accuracies),
  };
});
console.log(`LogME and test accuracy of a head, of ${names.map(({ id }) => id).join(', ')}; * LogME's first`);
printTable([
  ['data set', 'test images', ...names.map(({ id }) => id.split('.')[0]), 'pairs in order', 'lost'],
  ...rows.map(({ name, n, evidences, accuracies, agree, pairs, lost }) => [
    name,
    String(n),
    ...accuracies.map(
      (accuracy, index) =>
        `${evidences[index].toFixed(3)} ${percent(accuracy)}${index === place(evidences) ? '*' : ' '}`,
    ),
    `${agree} of ${pairs}`,
    percent(lost),
  ]),
]);
const sum = (values) => values.reduce((total, value) => total + value, 0);
const [agree, pairs] = [sum(rows.map((row) => row.agree)), sum(rows.map((row) => row.pairs))];
const firsts = rows.filter(({ lost }) => lost === 0).length;
console.log(
  `\npairs in the right order: ${agree} of ${pairs}, Kendall's tau ${((2 * agree) / pairs - 1).toFixed(2)}`,
);
console.log(`LogME's first is the real first: ${shareOf(firsts, rows.length)}`);
console.log(
  `points that its first lacks to the real first: mean ${percent(sum(rows.map(({ lost }) => lost)) / rows.length)}, worst ${percent(Math.max(...rows.map(({ lost }) => lost)))}`,
);
console.log(
  `points that its first is above the default backbone: mean ${percent(sum(rows.map(({ gained }) => gained)) / rows.length)}, worst ${percent(Math.min(...rows.map(({ gained }) => gained)))}`,
);
