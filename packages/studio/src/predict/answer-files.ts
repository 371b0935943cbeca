import type { Store } from '@regraft/store';
import { runOnImages } from '../features/run-on-images.js';
import type { VersionModel } from '../versions/load-version-model.js';
import { answerImages } from './answer-images.js';
import type { AnswerOptions, AnswerRules } from './answer-rules.js';
import type { FilePrediction, Prediction } from './file-prediction.js';
import type { NamedFiles } from './inspect-named-files.js';

const unreadable = (file: string, reason: string): FilePrediction => ({
  file,
  error: {
    code: 'image-unreadable',
    message: `An image must be a file that can be decoded. Received: ${reason}`,
  },
});

/** What was said of files, and why of some of them nothing, by their name. */
export interface FileAnswers {
  readonly prediction: Prediction;
  readonly reasons: ReadonlyMap<string, string>;
}

/** What a version says of files that were looked at before, by rules that are loaded. */
export const answerFiles = async (
  store: Store,
  { version, model }: VersionModel,
  { names, images, failures }: NamedFiles,
  rules: AnswerRules,
  { engine, signal }: Pick<AnswerOptions, 'engine' | 'signal'>,
): Promise<FileAnswers> => {
  const started = performance.now();
  const ran =
    images.length === 0
      ? { result: [], images: [], unreadable: [], cache: { hits: 0, misses: 0 } }
      : await runOnImages({ store, model, images }, { engine, signal }, (activations) =>
          answerImages(model, activations, rules, signal),
        );
  const reasons = new Map([
    ...failures,
    ...ran.unreadable.map(({ index, reason }) => [images[index]!.name, reason] as const),
  ]);
  const answers = new Map(ran.images.map((index, row) => [images[index]!.name, ran.result[row]!]));
  const { sure, detector, notes } = rules;
  return {
    reasons,
    prediction: {
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
    },
  };
};
