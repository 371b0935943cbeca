import type { Store } from '@regraft/store';
import { runOnImages } from '../features/run-on-images.js';
import type { VersionModel } from '../versions/load-version-model.js';
import { answerImages } from './answer-images.js';
import { type AnswerOptions, loadAnswerRules } from './answer-rules.js';
import type { FilePrediction, Prediction } from './file-prediction.js';
import { type NamedFiles, requireReadable } from './inspect-named-files.js';

const unreadable = (file: string, reason: string): FilePrediction => ({
  file,
  error: {
    code: 'image-unreadable',
    message: `An image must be a file that can be decoded. Received: ${reason}`,
  },
});

/** A version's answers to files that were looked at before. */
export const predictVersion = async (
  store: Store,
  loaded: VersionModel,
  { names, images, failures }: NamedFiles,
  options: AnswerOptions,
): Promise<Prediction> => {
  const started = performance.now();
  const { version, model } = loaded;
  const { engine, signal } = options;
  const rules = await loadAnswerRules(store, loaded, options);
  const ran = await runOnImages({ store, model, images }, { engine, signal }, (activations) =>
    answerImages(model, activations, rules, signal),
  );
  const reasons = new Map([
    ...failures,
    ...ran.unreadable.map(({ index, reason }) => [images[index]!.name, reason] as const),
  ]);
  requireReadable(names, reasons);
  const answers = new Map(ran.images.map((index, row) => [images[index]!.name, ran.result[row]!]));
  const { sure, detector, notes } = rules;
  return {
    version,
    thresholds: {
      sure,
      known: detector && { threshold: detector.threshold!, falseAlarms: detector.falseAlarms! },
    },
    files: names.map((name) => {
      const answer = answers.get(name);
      return answer ? { file: name, ...answer } : unreadable(name, reasons.get(name) ?? 'unreadable');
    }),
    cache: ran.cache,
    seconds: (performance.now() - started) / 1000,
    notes,
  };
};
