/**
 * What `regraft advise` takes on 500 new images whose activations are in the cache: comparing them with the old ones, the
 * drift test and the head arm; and the whole process with a budget of a second: `pnpm --filter @regraft/bench advise-time`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDrawings } from './src/drawing-folders.mjs';
import { drawings } from './src/drawings.mjs';
import { adviseCommand, fitCommand } from './src/fit-command.mjs';
import { writeSplit } from './src/image-folders.mjs';
import { measureProcess } from './src/measure-process.mjs';
import { median } from './src/median.mjs';
import { printTable, seconds } from './src/print-table.mjs';

const subjects = ['animals', 'food', 'travel', 'activities', 'objects'];
const perSubject = 100;
const rounds = 5;

/** What comes before the deeper arms. */
const phases = ['scan', 'duplicates', 'features', 'population'];

const measure = async (command) => {
  const { lines, processSeconds } = await measureProcess(command);
  const times = Object.fromEntries(phases.map((phase) => [phase, 0]));
  for (const line of lines)
    if (line.type === 'phase-end' && line.phase in times) times[line.phase] += line.seconds;
  const head = lines.find(({ type, arm }) => type === 'arm-end' && arm.name === 'head').arm.seconds;
  return { ...times, head, process: processSeconds };
};

const folder = mkdtempSync(join(tmpdir(), 'regraft-bench-advise-'));
try {
  const store = join(folder, 'store');
  const old = await writeDrawings(join(folder, 'old'), ['noto'], subjects);
  await measureProcess(fitCommand(old, store));
  const { learn } = await writeSplit(drawings('fluent', subjects), folder, { perClass: perSubject, most: 0 });
  const command = [...adviseCommand('v1', learn, store), '--budget', '1s'];
  const cold = await measure(command);
  const warm = [];
  for (let round = 0; round < rounds; round++) warm.push(await measure(command));
  const typical = (key) => median(warm.map((times) => times[key]));
  const needed = [...phases, 'head'];
  const sum = (read) => needed.reduce((total, key) => total + read(key), 0);
  console.log(
    `${perSubject * subjects.length} new images, ${availableParallelism()} cores, median of ${rounds} rounds`,
  );
  printTable([
    ['part', 'cold', 'warm', 'target'],
    ...needed.map((key) => [key, seconds(cold[key]), seconds(typical(key)), '']),
    ['together', seconds(sum((key) => cold[key])), seconds(sum(typical)), '<= 20 s'],
    ['the whole process, --budget 1s', seconds(cold.process), seconds(typical('process')), ''],
  ]);
} finally {
  rmSync(folder, { recursive: true });
}
