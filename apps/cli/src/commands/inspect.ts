import { RegraftError } from '@regraft/errors';
import { formatDuration } from '@regraft/studio';
import { inspectVersion, renderInspection } from '@regraft/studio/models';
import { renderInspectionLines } from '../output/inspection-lines.js';
import { createOutput } from '../output/output.js';
import { paint } from '../output/paint.js';
import { createProgressLine } from '../output/progress-line.js';
import { renderField } from '../output/run-summary.js';
import { requireWritable, writeAtomically } from '../output/write-atomically.js';
import { type CommonOptions, type EngineOptions, engineHere, interruptSignal, withStore } from './common.js';

interface InspectOptions extends CommonOptions, EngineOptions {
  readonly top?: number;
  readonly html?: string;
  readonly heatMap?: readonly string[];
  readonly secondOpinion?: string;
}

/** Images of each kind, where a person scrolls through pictures and where they read lines. */
const imagesShown = { html: 24, lines: 5 } as const;

const requireReport = async ({ html, heatMap }: InspectOptions): Promise<void> => {
  if (html !== undefined) return requireWritable(html);
  if (heatMap === undefined) return;
  throw new RegraftError({
    code: 'usage-invalid',
    message: 'A heat map is drawn into a report. Received: --heat-map without --html',
    hint: 'Add a file to write the report to, as in: --html report.html',
  });
};

const titles = { features: 'images', labels: 'labels', alike: 'copies', pictures: 'heat maps' } as const;

export const inspect = async (reference: string, options: InspectOptions): Promise<void> => {
  const output = createOutput(options);
  await requireReport(options);
  await withStore(options, 'existing', async (store) => {
    const lines = Object.fromEntries(
      Object.entries(titles).map(([phase, title]) => [phase, createProgressLine(output, title)]),
    );
    const signal = interruptSignal();
    const engine = engineHere(options);
    const follow =
      (phase: keyof typeof titles) =>
      ({ done, total }: { done: number; total: number }): void =>
        lines[phase]!.update({ done, total, secondsLeft: null });
    const { html } = options;
    const started = performance.now();
    try {
      const report = await inspectVersion(store, reference, {
        top: options.top ?? (html === undefined ? imagesShown.lines : imagesShown.html),
        chosen: options.heatMap,
        secondOpinion: options.secondOpinion,
        engine,
        signal,
        onProgress: ({ phase, ...progress }) => follow(phase)(progress),
      });
      if (html !== undefined) {
        const page = await renderInspection(store, report, {
          engine,
          signal,
          onProgress: follow('pictures'),
        });
        await writeAtomically(html, page);
      }
      lines.features!.clear();
      output.data(report);
      for (const line of renderInspectionLines(report, options.top ?? imagesShown.lines)) output.line(line);
    } finally {
      lines.features!.clear();
    }
    output.line('');
    if (html !== undefined) output.line(renderField('report', html));
    output.line(renderField('time', formatDuration((performance.now() - started) / 1000)));
    if (html !== undefined) return;
    output.line('');
    output.line(` ${paint.muted('next')}`);
    output.line(`   regraft inspect ${reference} --html report.html`);
  });
};
