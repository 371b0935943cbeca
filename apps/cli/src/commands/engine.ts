import { RegraftError } from '@regraft/errors';
import { formatBytes, formatDuration } from '@regraft/studio';
import * as models from '@regraft/studio/models';
import { createOutput, type Output } from '../output/output.js';
import { paint } from '../output/paint.js';
import { renderField } from '../output/run-summary.js';
import { renderTable } from '../output/table.js';
import { type CommonOptions, interruptSignal } from './common.js';

const requireNative = (name: string): void => {
  if (name === 'native') return;
  throw new RegraftError({
    code: 'usage-invalid',
    message: `Only the native engine is installed and removed; the others are always here. Received: ${name}`,
    hint: 'See what is here with: regraft engine list',
  });
};

export const listEngines = async (options: CommonOptions): Promise<void> => {
  const output = createOutput(options);
  const engines = await models.listEngines();
  output.data({ engines });
  const lines = renderTable(engines, [
    { title: 'engine', value: ({ engine }) => engine },
    { title: 'here', value: ({ found, problem }) => (found ? 'yes' : problem ? 'broken' : 'no') },
    { title: 'version', value: ({ version }) => version ?? '–' },
    { title: 'threads', value: ({ threads }) => String(threads ?? '–'), align: 'right' },
    { title: 'where', value: ({ where, command }) => where ?? command ?? 'in TensorFlow.js' },
  ]);
  for (const line of lines) output.line(line);
  for (const { problem, command } of engines) {
    if (problem === null) continue;
    output.line(`${paint.amber('▲')} ${problem}`);
    if (command) output.line(renderField('', `Mend it with: ${command}`));
  }
};

const titles: Readonly<Record<models.InstallStep['step'], string>> = {
  check: 'Looking for Python, npm, make and a C++ compiler',
  download: "Fetching TensorFlow's wheel",
  unpack: 'Taking the library out of it',
  build: 'Compiling the addon',
  prove: 'Taking a training step',
};

/** A line for each step; on a terminal with how far it is. */
const showSteps = (output: Output) => {
  let current: models.InstallStep['step'] | undefined;
  let shown = 0;
  const end = () => {
    if (output.live && current !== undefined) process.stdout.write('\n');
  };
  return {
    onStep: ({ step, done, total }: models.InstallStep): void => {
      if (step !== current) {
        end();
        current = step;
        shown = 0;
        if (!output.live) output.line(titles[step]);
      }
      if (!output.live || (performance.now() - shown < 100 && done !== total)) return;
      shown = performance.now();
      const amount = done === undefined || !total ? '' : `  ${formatBytes(done)} of ${formatBytes(total)}`;
      process.stdout.write(`\r\u001b[K${titles[step]}${amount}`);
    },
    end,
  };
};

export const installEngine = async (name: string, options: CommonOptions): Promise<void> => {
  requireNative(name);
  const output = createOutput(options);
  const started = performance.now();
  const { onStep, end } = showSteps(output);
  const installed = await models.installNative({ signal: interruptSignal(), onStep }).finally(end);
  const seconds = (performance.now() - started) / 1000;
  output.data({ engine: name, ...installed, seconds });
  const { folder, isNew, versions } = installed;
  const what = `TensorFlow ${versions.tensorflow}, in ${folder}`;
  output.line(
    isNew
      ? `${paint.leaf('✔')} The native engine is here after ${formatDuration(seconds)}: ${what}`
      : `${paint.leaf('✔')} The native engine was here already, and works: ${what}`,
  );
  output.line(renderField('', 'It is used from now on; another one with: --engine wasm'));
};

export const removeEngine = async (name: string, options: CommonOptions): Promise<void> => {
  requireNative(name);
  const output = createOutput(options);
  const removed = await models.removeNative();
  output.data({ engine: name, ...removed });
  output.line(
    removed.wasThere
      ? `${paint.leaf('✔')} The native engine is gone from ${removed.folder}`
      : `There was no native engine in ${removed.folder}`,
  );
};
