import { formatDuration } from '@regraft/studio';
import { inspectVersion } from '@regraft/studio/models';
import { renderInspection } from '../output/inspection-lines.js';
import { createOutput } from '../output/output.js';
import { paint } from '../output/paint.js';
import { createProgressLine } from '../output/progress-line.js';
import { renderField } from '../output/run-summary.js';
import { type CommonOptions, type EngineOptions, engineHere, interruptSignal, withStore } from './common.js';

interface InspectOptions extends CommonOptions, EngineOptions {
  readonly top?: number;
  readonly html?: string;
  readonly heatMap?: readonly string[];
}

const titles = { features: 'images', labels: 'labels', alike: 'copies' } as const;

export const inspect = async (reference: string, options: InspectOptions): Promise<void> => {
  const output = createOutput(options);
  await withStore(options, 'existing', async (store) => {
    const lines = Object.fromEntries(
      Object.entries(titles).map(([phase, title]) => [phase, createProgressLine(output, title)]),
    );
    const signal = interruptSignal();
    const report = await inspectVersion(store, reference, {
      top: options.top ?? 5,
      chosen: options.heatMap,
      engine: engineHere(options),
      signal,
      onProgress: ({ phase, done, total }) => lines[phase]!.update({ done, total, secondsLeft: null }),
    }).finally(() => lines.features!.clear());
    output.data(report);
    for (const line of renderInspection(report)) output.line(line);
    output.line('');
    output.line(renderField('time', formatDuration(report.seconds)));
    output.line('');
    output.line(` ${paint.muted('next')}`);
    output.line(`   regraft inspect ${reference} --html report.html`);
  });
};
