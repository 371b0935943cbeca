/**
 * How honest a version is about itself, on drawings that it never saw: `pnpm --filter @regraft/bench calibration`. Every
 * drawing is held out once, by a version that learned from four fifths of the others, and the answers of all five are
 * judged together. One scenario trains blocks and needs the native engine. REGRAFT_BENCH_PICTURES=folder asks the versions for
 * pictures of your own, too, one folder a kind.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyTemperature, debiasedCalibrationError, randomGenerator, scoreInterval } from '@regraft/core';
import { describeVersion, formatShare, openStudioStore } from '@regraft/studio';
import { predictFiles } from '@regraft/studio/models';
import { calibrationError } from './src/calibration-error.mjs';
import { writeDrawings } from './src/drawing-folders.mjs';
import { fitCommand } from './src/fit-command.mjs';
import { dealFolds } from './src/held-out-folds.mjs';
import { makeSmallPhotos } from './src/make-photos.mjs';
import { measureProcess } from './src/measure-process.mjs';
import { writeOddPictures } from './src/odd-pictures.mjs';
import { percent, printTable } from './src/print-table.mjs';

const folds = 5;
const target = 0.05;
const allHands = ['noto', 'twemoji', 'fluent', 'openmoji'];
const three = ['animals', 'food', 'travel'];
const five = [...three, 'activities', 'objects'];
const strangers = ['smileys', 'symbols'];
/** Blocks and head at once: after a fitted head, no epoch of the blocks lowers the validation loss here. */
const tailRecipe = { data: { folder: '.' }, training: { headFirst: false, learningRate: 3e-4, epochs: 6 } };

const scenarios = [
  ...allHands.map((hand) => ({ name: `${hand}, 5 classes`, hands: [hand], subjects: five })),
  { name: '4 hands, 3 classes', hands: allHands, subjects: three },
  { name: '4 hands, 5 classes', hands: allHands, subjects: five },
  {
    name: 'twemoji, 5 classes, last 4 blocks trained',
    hands: ['twemoji'],
    subjects: five,
    recipe: tailRecipe,
  },
];

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => /\.(png|jpe?g)$/.test(name))
    .map((name) => join(folder, name));

/** So many of a kind tell how often it is noticed. */
const mostOfAKind = 200;

const someFilesIn = (folder) =>
  randomGenerator(0, 'kind').shuffle(filesIn(folder).sort()).slice(0, mostOfAKind);

const classOf = (file) => file.split('/').at(-2);

/** A share of answers with its interval. */
const shareOf = (answers, wanted) => {
  const n = answers.length;
  const said = answers.filter(({ answer }) => answer === wanted).length;
  return formatShare({ value: said / n, ...scoreInterval(said, n), n });
};

/** How sure an answer was, after its version's temperature or as it was before, and whether it is right. */
const judge = ({ file, probabilities, temperature }, undone) => {
  const labels = Object.keys(probabilities);
  const row = applyTemperature(
    Float32Array.from(Object.values(probabilities)),
    labels.length,
    undone ? 1 / temperature : 1,
  );
  const confidence = Math.max(...row);
  const truth = row[labels.indexOf(classOf(file))];
  return { confidence, correct: row.indexOf(confidence) === labels.indexOf(classOf(file)) ? 1 : 0, truth };
};

const errorsOf = (answers, undone) => {
  const judged = answers.map((answer) => judge(answer, undone));
  const confidence = judged.map((one) => one.confidence);
  const correct = judged.map((one) => one.correct);
  return {
    debiased: debiasedCalibrationError(confidence, correct).error,
    plain: calibrationError(confidence, correct),
    logLoss: judged.reduce((total, { truth }) => total - Math.log(truth), 0) / judged.length,
  };
};

/** The options of a fit that trains the last four blocks by a recipe. */
const writeRecipe = (recipe, folder) => {
  const file = join(folder, 'recipe.json');
  writeFileSync(file, JSON.stringify(recipe));
  return ['--recipe', file, '--unfreeze', '4', '--engine', 'native'];
};

const measure = async ({ name, hands, subjects, recipe }, { folder, store, odd }) => {
  const drawings = await writeDrawings(join(folder, 'all'), hands, subjects);
  const options = recipe ? writeRecipe(recipe, folder) : [];
  const own = [];
  const temperatures = [];
  const kinds = {};
  for (const { learn, held } of dealFolds(drawings, folder, folds)) {
    const { version } = await measureProcess([...fitCommand(learn, store), ...options]);
    const opened = await openStudioStore({ explicit: store, access: 'existing' });
    try {
      const { trust } = (await describeVersion(opened, version)).card;
      const answers = async (files) => (await predictFiles(opened, version, files)).files;
      const { temperature } = trust.calibration;
      temperatures.push(temperature.toFixed(2));
      own.push(...(await answers(filesIn(held))).map((answer) => ({ ...answer, temperature })));
      if (Object.keys(kinds).length > 0) continue;
      const others = allHands.filter((hand) => !hands.includes(hand));
      const folders = {
        'other subjects': await writeDrawings(join(folder, 'strangers'), hands, strangers),
        ...(others.length > 0 && {
          'other hands': await writeDrawings(join(folder, 'others'), others, subjects),
        }),
        ...odd,
      };
      for (const [kind, path] of Object.entries(folders))
        kinds[kind] = shareOf(await answers(someFilesIn(path)), 'none-of-these');
    } finally {
      await opened.close();
    }
  }
  return { name, own, temperatures, before: errorsOf(own, true), after: errorsOf(own, false), kinds };
};

const shared = mkdtempSync(join(tmpdir(), 'regraft-bench-calibration-'));
const pictures = process.env.REGRAFT_BENCH_PICTURES;
const odd = {
  ...(await writeOddPictures(join(shared, 'odd'))),
  textures: await makeSmallPhotos(200),
  ...(pictures && Object.fromEntries(readdirSync(pictures).map((kind) => [kind, join(pictures, kind)]))),
};
const results = [];
const wanted = process.argv.slice(2);
for (const scenario of scenarios.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const folder = mkdtempSync(join(shared, 'scenario-'));
  try {
    results.push(await measure(scenario, { folder, store: join(shared, 'store'), odd }));
    console.error(JSON.stringify({ ...results.at(-1), own: results.at(-1).own.length }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
rmSync(shared, { recursive: true });

console.log(`Held-out drawings, ${folds} versions a scenario`);
printTable([
  ['scenario', 'temperatures', 'off before', 'off after', 'ECE, %', 'log loss', 'within 5 %'],
  ...results.map(({ name, temperatures, before, after }) => [
    name,
    temperatures.join(' '),
    `${percent(before.debiased.value)} %`,
    formatShare(after.debiased),
    `${percent(before.plain)} -> ${percent(after.plain)}`,
    `${before.logLoss.toFixed(3)} -> ${after.logLoss.toFixed(3)}`,
    after.debiased.value <= target ? 'met' : 'missed',
  ]),
]);
console.log('\n"None of these" is said of');
for (const { name, own, kinds } of results) {
  console.log(name);
  printTable([
    ['  its own kind', shareOf(own, 'none-of-these')],
    ...Object.entries(kinds).map(([kind, share]) => [`  ${kind}`, share]),
  ]);
}
