/**
 * What `regraft fit --depth auto` gives away: the accuracy, on many test images, of the depth that it chose against that of
 * the best arm when all of them are trained to their end, and what it costs against that: `pnpm --filter
 * @regraft/bench regret`. Needs the native engine. It takes about half an hour; REGRAFT_BENCH_RESULTS=file.json keeps what
 * is done, for the next call to go on from.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDrawings, writeHeldOut } from './src/drawing-folders.mjs';
import { fitCommand } from './src/fit-command.mjs';
import { measureProcess } from './src/measure-process.mjs';
import { printTable, ratio } from './src/print-table.mjs';

const three = ['animals', 'food', 'travel'];
const two = ['activities', 'objects'];
const scenario = (hand, subjects, perClass, from) => ({ hand, subjects, perClass, from });

/** Hands, labels and sizes; `from` is the hand that drew what the version learned which is fine-tuned. */
const scenarios = [
  ...['noto', 'twemoji', 'fluent', 'openmoji'].flatMap((hand) => [
    scenario(hand, three, 10),
    scenario(hand, three, 30),
  ]),
  scenario('noto', two, 30),
  scenario('openmoji', two, 30),
  scenario('fluent', three, 30, 'noto'),
  scenario('twemoji', three, 10, 'noto'),
  scenario('noto', three, 100),
  scenario('fluent', three, 100),
];

const nameOf = ({ hand, subjects, perClass, from }) =>
  `${hand}, ${subjects.length} classes x ${perClass}${from ? `, from a version of ${from}` : ''}`;

const arms = { head: 'none', 'last-2': '2', 'last-4': '4', 'last-8': '8', all: 'all' };

/** Seconds of bringing images to the cut and of training. */
const trainingSeconds = (lines) =>
  lines
    .filter(({ type, phase }) => type === 'phase-end' && ['features', 'head', 'tail'].includes(phase))
    .reduce((total, { seconds }) => total + seconds, 0);

const accuracyOf = ({ metrics }) => metrics.test.accuracy.value;

const measure = async ({ hand, subjects, perClass, from }) => {
  const folder = mkdtempSync(join(tmpdir(), 'regraft-bench-regret-'));
  try {
    const { held: learn, learn: test } = await writeHeldOut(folder, {
      hands: [hand],
      subjects,
      held: perClass,
    });
    const fitIn = async (store, options) => {
      const base = join(folder, store);
      if (from && !existsSync(base)) {
        const old = await writeDrawings(join(folder, 'old'), [from], subjects);
        await measureProcess(fitCommand(old, base));
      }
      const command = [
        ...fitCommand(learn, base),
        '--test',
        test,
        ...(from ? ['--from', 'v1'] : []),
        ...options,
      ];
      return measureProcess(command, { env: { REGRAFT_ENGINE: 'native' } });
    };
    const auto = await fitIn('auto', ['--depth', 'auto', '--budget', '1h']);
    const full = {};
    for (const [name, blocks] of Object.entries(arms)) {
      const run = await fitIn('full', ['--unfreeze', blocks]);
      full[name] = { accuracy: accuracyOf(run), seconds: trainingSeconds(run.lines) };
    }
    const scratch = await fitIn('full', ['--from-scratch']);
    full.scratch = { accuracy: accuracyOf(scratch), seconds: trainingSeconds(scratch.lines) };
    return {
      chosen: auto.depth.chosen,
      accuracy: accuracyOf(auto),
      n: auto.metrics.test.n,
      seconds: auto.depth.arms.reduce((total, arm) => total + arm.seconds, 0),
      full,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const kept = process.env.REGRAFT_BENCH_RESULTS;
const results = kept && existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {};
for (const each of scenarios) {
  const name = nameOf(each);
  results[name] ??= await measure(each);
  if (kept) writeFileSync(kept, JSON.stringify(results, null, 2));
}

const percent = (value) => (value * 100).toFixed(1);
const rows = Object.entries(results).map(([name, { chosen, accuracy, n, seconds, full }]) => {
  const best = Object.entries(full).reduce((a, b) => (b[1].accuracy > a[1].accuracy ? b : a));
  const cost = seconds / Object.values(full).reduce((total, arm) => total + arm.seconds, 0);
  return {
    name,
    chosen,
    accuracy,
    n,
    best: best[0],
    top: best[1].accuracy,
    cost,
    regret: best[1].accuracy - accuracy,
  };
});
printTable([
  ['scenario', 'chosen', 'test', 'best arm', 'test', 'n', 'regret', 'cost'],
  ...rows.map(({ name, chosen, accuracy, n, best, top, regret, cost }) => [
    name,
    chosen,
    `${percent(accuracy)} %`,
    best,
    `${percent(top)} %`,
    String(n),
    percent(regret),
    ratio(cost),
  ]),
]);
const mean = (values) => values.reduce((total, value) => total + value, 0) / values.length;
console.log(
  `\nregret: mean ${percent(mean(rows.map(({ regret }) => regret)))} points (target 1), worst ${percent(Math.max(...rows.map(({ regret }) => regret)))} (target 3)`,
);
console.log(`cost: mean ${ratio(mean(rows.map(({ cost }) => cost)))} of all arms in full (target 0.40)`);
