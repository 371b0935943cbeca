/**
 * How honest a version is about itself, on drawings that it never saw: `pnpm --filter @regraft/bench calibration`. The
 * calibration error is given for its validation images, which the temperature was fitted to, and for held-out ones, with
 * what a model would have there whose every confidence is exactly right.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyTemperature, randomGenerator, scoreInterval } from '@regraft/core';
import { describeVersion, openStudioStore } from '@regraft/studio';
import { predictFiles } from '@regraft/studio/models';
import { calibrationError, perfectError } from './src/calibration-error.mjs';
import { writeDrawings, writeHeldOut } from './src/drawing-folders.mjs';
import { fitCommand } from './src/fit-command.mjs';
import { measureProcess } from './src/measure-process.mjs';
import { percent, printTable } from './src/print-table.mjs';

const allHands = ['noto', 'twemoji', 'fluent', 'openmoji'];
const three = ['animals', 'food', 'travel'];
const five = [...three, 'activities', 'objects'];
const strangers = ['smileys', 'symbols'];

const scenarios = [
  ...allHands.map((hand) => ({ name: `${hand}, 5 classes`, hands: [hand], subjects: five, held: 25 })),
  { name: '4 hands, 3 classes', hands: allHands, subjects: three, held: 150 },
  { name: '4 hands, 5 classes', hands: allHands, subjects: five, held: 100 },
];

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.png'))
    .map((name) => join(folder, name));

const classOf = (file) => file.split('/').at(-2);

/** A share of answers with its interval. */
const shareOf = (answers, wanted) => {
  const trials = answers.length;
  const successes = answers.filter(({ answer }) => answer === wanted).length;
  const { low, high } = scoreInterval(successes, trials);
  return `${percent(successes / trials)} (${percent(low)}-${percent(high)}, n ${trials})`;
};

/** Calibration error of answers as they are, and as they were before the temperature. */
const errorsOf = (answers, temperature) => {
  const errors = [1 / temperature, 1].map((undo) => {
    const rows = answers.map(({ probabilities }) =>
      applyTemperature(
        Float32Array.from(Object.values(probabilities)),
        Object.keys(probabilities).length,
        undo,
      ),
    );
    const confidences = rows.map((row) => Math.max(...row));
    const correct = answers.map(({ file, label }) => (classOf(file) === label ? 1 : 0));
    const { uniform } = randomGenerator(0, 'calibration');
    return { error: calibrationError(confidences, correct), perfect: perfectError(confidences, uniform) };
  });
  return { before: errors[0].error, after: errors[1].error, perfect: errors[1].perfect };
};

const measure = async ({ name, hands, subjects, held: perClass }, folder) => {
  const { learn, held } = await writeHeldOut(folder, { hands, subjects, held: perClass });
  const store = join(folder, 'store');
  const { version } = await measureProcess([...fitCommand(learn, store), '--test', held]);
  const opened = await openStudioStore({ explicit: store, access: 'existing' });
  try {
    const { trust } = (await describeVersion(opened, version)).card;
    const answers = async (path) => (await predictFiles(opened, version, filesIn(path))).files;
    const own = await answers(held);
    const { before, after, perfect } = errorsOf(own, trust.calibration.temperature);
    const others = allHands.filter((hand) => !hands.includes(hand));
    const otherHands = others.length > 0 && (await writeDrawings(join(folder, 'others'), others, subjects));
    const strange = await writeDrawings(join(folder, 'strangers'), hands, strangers);
    const validation = trust.calibration.calibrationError;
    const given = own.filter(({ answer }) => answer === 'label');
    const right = given.filter(({ file, label }) => classOf(file) === label).length;
    return {
      met: validation.after <= 0.05,
      row: [
        name,
        String(trust.images),
        `${percent(validation.before)} -> ${percent(validation.after)}`,
        `${percent(before)} -> ${percent(after)} (${percent(perfect)})`,
        shareOf(own, 'none-of-these'),
        shareOf(await answers(strange), 'none-of-these'),
        otherHands ? shareOf(await answers(otherHands), 'none-of-these') : '-',
        trust.abstention
          ? `${percent(right / given.length)} of ${percent(given.length / own.length)}`
          : 'never not sure',
      ],
    };
  } finally {
    await opened.close();
  }
};

const rows = [];
for (const scenario of scenarios) {
  const folder = mkdtempSync(join(tmpdir(), 'regraft-bench-calibration-'));
  try {
    rows.push(await measure(scenario, folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
printTable([
  [
    'scenario',
    'validation',
    'ECE there, %',
    'ECE held out, % (of a perfect one)',
    '"none of these", own kind, %',
    'other subjects, %',
    'other hands, %',
    'right of answered, %',
  ],
  ...rows.map(({ row }) => row),
]);
console.log(
  `ECE on validation images after calibration, to stay within 5.0 %: ${rows.filter(({ met }) => met).length} of ${rows.length} scenarios`,
);
