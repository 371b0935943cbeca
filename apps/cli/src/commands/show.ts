import {
  describeRun,
  describeVersion,
  formatDuration,
  formatQuantity,
  formatShare,
  formatTime,
  type RunDescription,
} from '@regraft/studio';
import { createOutput, type Output } from '../output/output.js';
import { paint } from '../output/paint.js';
import { renderField } from '../output/run-summary.js';
import { renderTogether } from '../output/together-lines.js';
import { renderVerdict } from '../output/verdict-lines.js';
import { renderVersion } from '../output/version-lines.js';
import { type CommonOptions, withStore } from './common.js';

const showRun = (output: Output, run: RunDescription): void => {
  output.data(run);
  output.line(` ${paint.strong(`run ${run.run}`)}  ${run.kind}, ${run.status}, ${formatTime(run.createdAt)}`);
  if (run.parent) output.line(renderField('from', run.parent));
  output.line(renderField('data', run.data));
  if (run.seconds !== null) output.line(renderField('time', formatDuration(run.seconds)));
  if (run.engine)
    output.line(
      renderField(
        'engine',
        `${run.engine.backend}, ${formatQuantity(run.engine.threads, 'thread')}, trunk on ${run.engine.trunk}`,
      ),
    );
  if (run.version) output.line(renderField('version', run.version));
  if (run.accuracy) output.line(renderField('accuracy', formatShare(run.accuracy)));
  if (run.error) output.line(renderField('error', paint.red(run.error.message)));
  if (run.resumable) output.line(renderField('go on', `regraft resume ${run.run}`));
  output.line(renderField('repeat', run.command));
  if (run.together) for (const line of renderTogether(run.together)) output.line(line);
  if (run.verdict) for (const line of renderVerdict(run.verdict)) output.line(line);
};

export const show = async (reference: string, options: CommonOptions): Promise<void> => {
  const output = createOutput(options);
  await withStore(options, 'existing', async (store) => {
    if (/^\d+$/.test(reference)) showRun(output, await describeRun(store, Number(reference)));
    else {
      const version = await describeVersion(store, reference);
      output.data(version);
      for (const line of renderVersion(version)) output.line(line);
    }
  });
};
