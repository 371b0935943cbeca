import {
  describeRun,
  describeVersion,
  formatBytes,
  formatDuration,
  formatQuantity,
  formatShare,
  formatTime,
  type RunDescription,
  type VersionDescription,
} from '@regraft/studio';
import { renderGraftStrip } from '../output/graft-strip.js';
import { createOutput, type Output } from '../output/output.js';
import { paint } from '../output/paint.js';
import { renderChanges, renderField, renderReport, renderTrust } from '../output/run-summary.js';
import { renderTogether } from '../output/together-lines.js';
import { renderVerdict } from '../output/verdict-lines.js';
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

const showVersion = (output: Output, version: VersionDescription): void => {
  output.data(version);
  const { card } = version;
  const names = [version.name, ...version.aliases].filter((name) => name !== null);
  output.line(
    ` ${paint.strong(version.version)}  ${names.join(', ')}  ${paint.muted(formatTime(version.createdAt))}`,
  );
  output.line('');
  for (const line of renderGraftStrip(card.blocks, card.labels.length)) output.line(line);
  output.line('');
  output.line(renderField('labels', card.labels.join(', ')));
  const held = card.metrics.test ?? card.metrics.validation;
  if (held)
    for (const line of renderReport(held, card.metrics.test ? 'test accuracy' : 'validation'))
      output.line(line);
  for (const line of renderChanges(card.metrics)) output.line(line);
  for (const line of renderTrust(card.trust)) output.line(line);
  output.line(renderField('lineage', version.lineage.join(' → ')));
  output.line(
    renderField(
      'frozen',
      `${formatQuantity(card.frozen.tensors, 'tensor')}, ${card.frozen.before === card.frozen.after ? `unchanged, sha256 ${card.frozen.after.slice(0, 12)}` : paint.red('changed')}`,
    ),
  );
  for (const evaluation of version.evaluations) {
    output.line(renderField('measured', `${evaluation.data}: ${formatShare(evaluation.accuracy)}`));
  }
  for (const file of version.files) {
    output.line(renderField('file', `${file.name}  ${formatBytes(file.bytes)}  ${paint.muted(file.path)}`));
  }
  if (version.run !== null) output.line(renderField('run', `regraft show ${version.run}`));
};

export const show = async (reference: string, options: CommonOptions): Promise<void> => {
  const output = createOutput(options);
  await withStore(options, 'existing', async (store) => {
    if (/^\d+$/.test(reference)) showRun(output, await describeRun(store, Number(reference)));
    else showVersion(output, await describeVersion(store, reference));
  });
};
