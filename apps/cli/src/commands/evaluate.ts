import { type Estimate, formatCount, formatDuration, formatShare } from '@regraft/studio';
import { evaluateVersion } from '@regraft/studio/models';
import { createOutput } from '../output/output.js';
import { paint } from '../output/paint.js';
import { createProgressLine } from '../output/progress-line.js';
import { renderField, renderReport } from '../output/run-summary.js';
import { renderTable } from '../output/table.js';
import { type CommonOptions, type EngineOptions, engineHere, interruptSignal, withStore } from './common.js';

const percent = ({ value }: Estimate): string => (value === null ? '–' : `${(value * 100).toFixed(1)} %`);

const plain = ({ value }: Estimate): string => (value === null ? '–' : value.toFixed(3));

export const evaluate = async (
  reference: string,
  data: string,
  options: CommonOptions & EngineOptions,
): Promise<void> => {
  const output = createOutput(options);
  const progress = createProgressLine(output, 'evaluate');
  await withStore(options, 'existing', async (store) => {
    const evaluation = await evaluateVersion(store, reference, data, {
      engine: engineHere(options),
      signal: interruptSignal(),
      onProgress: progress.update,
    }).finally(progress.clear);
    output.data(evaluation);
    const { version, report, cache, seconds, problems } = evaluation;
    output.line(` ${paint.strong(version)} on ${data}`);
    for (const line of renderReport(report)) output.line(line);
    output.line(
      renderField(
        'calibration',
        `off by ${formatShare(report.debiasedCalibrationError!)}, log loss ${plain(report.logLoss)}; ECE ${plain(report.calibrationError)}`,
      ),
    );
    output.line(renderField('time', formatDuration(seconds)));
    output.line(
      renderField(
        'features',
        `${formatCount(cache.misses)} computed, ${formatCount(cache.hits)} from the cache`,
      ),
    );
    for (const [kind, count] of Object.entries(problems))
      output.line(renderField('left out', `${count} ${kind}`));
    output.line('');
    const lines = renderTable(report.classes, [
      { title: 'class', value: (row) => row.label },
      { title: 'n', value: (row) => formatCount(row.support), align: 'right' },
      { title: 'precision', value: (row) => percent(row.precision), align: 'right' },
      { title: 'recall', value: (row) => percent(row.recall), align: 'right' },
      { title: 'F1', value: (row) => percent(row.f1), align: 'right' },
    ]);
    for (const line of lines) output.line(`  ${line}`);
  });
};
