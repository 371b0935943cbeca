import { openPredictor, watchFolder } from '@regraft/studio/models';
import { createOutput } from '../output/output.js';
import { paint } from '../output/paint.js';
import { renderPrediction } from '../output/prediction-lines.js';
import { splitWords } from '../output/split-words.js';
import { type CommonOptions, type EngineOptions, engineHere, interruptSignal, withStore } from './common.js';
import { readBatches } from './read-batches.js';

interface WatchOptions extends CommonOptions, EngineOptions {
  readonly top: number;
  readonly accuracy?: number;
  readonly always?: boolean;
}

/** The files that lines of the standard input name: dropped onto a terminal they may have quotes and escapes. */
const namedFiles = async function* (signal: AbortSignal): AsyncGenerator<readonly string[]> {
  for await (const lines of readBatches(process.stdin, signal))
    yield process.stdin.isTTY ? lines.flatMap((line) => splitWords(line)) : lines;
};

export const watch = async (
  reference: string,
  folder: string | undefined,
  options: WatchOptions,
): Promise<void> => {
  const output = createOutput(options);
  const { accuracy, always, top } = options;
  const signal = interruptSignal();
  await withStore(options, 'existing', async (store) => {
    // From here on what appears is new, however long the version takes to load.
    const arrivals = folder === undefined ? namedFiles(signal) : await watchFolder(folder, { signal });
    const predictor = await openPredictor(store, reference, {
      accuracy,
      always,
      engine: engineHere(options),
      signal,
    });
    output.data(await predictor.answer([]));
    if (output.live) {
      const what = folder === undefined ? 'files named here, one a line,' : `new images in ${folder}`;
      output.line(paint.muted(`${predictor.version} answers ${what} until Ctrl-C ends it.`));
    }
    try {
      for await (const files of arrivals) {
        const prediction = await predictor.answer(files);
        output.data(prediction);
        for (const line of renderPrediction(prediction, top)) output.line(line);
      }
    } catch (error) {
      // Ctrl-C is how it ends.
      if (!signal.aborted) throw error;
    }
  });
};
