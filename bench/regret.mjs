/**
 * What `regraft fit --depth auto` gives away: the accuracy, on many test images, of the depth that it chose against that of
 * the best arm when all of them are trained to their end, and what it costs against that: `pnpm --filter
 * @regraft/bench regret`. Needs the native engine, and apt for photos and clothes. It takes about an hour and goes on where
 * it was interrupted; REGRAFT_BENCH_RESULTS names the file that keeps what is done, to be deleted for a fresh start.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { depthScenarios } from './src/depth-scenarios.mjs';
import { fitCommand } from './src/fit-command.mjs';
import { measureProcess } from './src/measure-process.mjs';
import { percent, printTable, ratio } from './src/print-table.mjs';

const arms = {
  head: ['--unfreeze', 'none'],
  'last-2': ['--unfreeze', '2'],
  'last-4': ['--unfreeze', '4'],
  'last-8': ['--unfreeze', '8'],
  all: ['--unfreeze', 'all'],
  scratch: ['--from-scratch'],
};

/** Seconds of bringing images to the cut and of training. */
const trainingSeconds = (lines) =>
  lines
    .filter(({ type, phase }) => type === 'phase-end' && ['features', 'head', 'tail'].includes(phase))
    .reduce((total, { seconds }) => total + seconds, 0);

/** The test accuracy to judge a fit by, and the validation that a choice could go by. */
const summarise = ({ metrics, lines }) => ({
  accuracy: metrics.test.accuracy.value,
  validation: {
    n: metrics.validation.n,
    accuracy: metrics.validation.accuracy.value,
    loss: metrics.validation.logLoss.value,
  },
  seconds: trainingSeconds(lines),
  epochs: lines.filter(({ type }) => type === 'training').map(({ event }) => event),
});

/** Measures what is not known of a scenario yet. */
const measure = async ({ write, old }, known = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'regraft-bench-regret-'));
  const fit = (store, data, options) =>
    measureProcess([...fitCommand(data, join(folder, store)), ...options], {
      env: { REGRAFT_ENGINE: 'native' },
    });
  try {
    const { learn, test } = await write(folder);
    const oldData = await old?.(folder);
    if (oldData) await fit('auto', oldData, []);
    // Each in a store of its own, so that neither finds the other's activations.
    if (oldData) cpSync(join(folder, 'auto'), join(folder, 'full'), { recursive: true });
    const start = ['--test', test, ...(oldData ? ['--from', 'v1'] : [])];
    const measureAuto = async () => {
      const { depth, metrics } = await fit('auto', learn, [...start, '--depth', 'auto', '--budget', '1h']);
      return { ...depth, n: metrics.test.n };
    };
    const auto = known.auto ?? (await measureAuto());
    const full = {};
    for (const [name, options] of Object.entries(arms))
      full[name] = known.full?.[name] ?? summarise(await fit('full', learn, [...start, ...options]));
    return { auto, full };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const isComplete = (known) => known?.auto && Object.keys(arms).every((name) => known.full?.[name]);

const kept = process.env.REGRAFT_BENCH_RESULTS ?? join(tmpdir(), 'regraft-bench', 'regret.json');
mkdirSync(dirname(kept), { recursive: true });
const results = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {};
for (const scenario of depthScenarios) {
  const known = results[scenario.name];
  if (!isComplete(known)) results[scenario.name] = await measure(scenario, known);
  writeFileSync(kept, JSON.stringify(results, null, 2));
}

const rows = depthScenarios.map(({ name }) => {
  const { auto, full } = results[name];
  const { chosen, n, seconds } = auto;
  const best = Object.keys(full).reduce((a, b) => (full[b].accuracy > full[a].accuracy ? b : a));
  const all = Object.values(full).reduce((total, arm) => total + arm.seconds, 0);
  const regret = full[best].accuracy - full[chosen].accuracy;
  return { name, chosen, best, n, regret, cost: seconds / all, full };
});
printTable([
  ['scenario', 'test images', 'chosen', 'test', 'best arm', 'test', 'from scratch', 'regret', 'cost'],
  ...rows.map(({ name, chosen, n, best, regret, cost, full }) => [
    name,
    String(n),
    chosen,
    percent(full[chosen].accuracy),
    best,
    percent(full[best].accuracy),
    percent(full.scratch.accuracy),
    percent(regret),
    ratio(cost),
  ]),
]);
const mean = (values) => values.reduce((total, value) => total + value, 0) / values.length;
const regrets = rows.map(({ regret }) => regret);
console.log(
  `\nregret in points: mean ${percent(mean(regrets))} (target 1), worst ${percent(Math.max(...regrets))} (target 3)`,
);
console.log(`cost: mean ${ratio(mean(rows.map(({ cost }) => cost)))} of all arms in full (target 0.40)`);
