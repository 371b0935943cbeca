import { predictFiles } from '@regraft/studio/models';
import { createOutput } from '../output/output.js';
import { paint } from '../output/paint.js';
import { type CommonOptions, type EngineOptions, engineHere, interruptSignal, withStore } from './common.js';

const barWidth = 20;

export const predict = async (
  reference: string,
  files: readonly string[],
  options: CommonOptions & EngineOptions & { top: number },
): Promise<void> => {
  const output = createOutput(options);
  await withStore(options, 'existing', async (store) => {
    const prediction = await predictFiles(store, reference, files, {
      engine: engineHere(options),
      signal: interruptSignal(),
    });
    output.data(prediction);
    for (const entry of prediction.files) {
      if ('error' in entry) {
        output.line(`${entry.file}  ${paint.red(entry.error.message)}`);
        continue;
      }
      output.line(entry.file);
      const ranked = Object.entries(entry.probabilities).sort(([, a], [, b]) => b - a);
      for (const [label, probability] of ranked.slice(0, options.top)) {
        const bar = '█'.repeat(Math.round(probability * barWidth)).padEnd(barWidth, '░');
        output.line(`  ${paint.leaf(bar)} ${(probability * 100).toFixed(1).padStart(5)} %  ${label}`);
      }
    }
    const failed = prediction.files.filter((entry) => 'error' in entry).length;
    if (failed > 0) process.exitCode = 13;
  });
};
