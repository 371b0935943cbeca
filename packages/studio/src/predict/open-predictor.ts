import type { Store } from '@regraft/store';
import { loadVersionModel } from '../versions/load-version-model.js';
import { answerFiles } from './answer-files.js';
import { type AnswerOptions, loadAnswerRules } from './answer-rules.js';
import type { Prediction } from './file-prediction.js';
import { inspectNamedFiles } from './inspect-named-files.js';
import { listImageFiles } from './list-image-files.js';

/** A version that is loaded once and answers as often as it is asked. */
export interface Predictor {
  /** `v3`, whatever name it was asked for by. */
  readonly version: string;
  /** What it says of files and of the images in folders. What can't be read gets an error of its own. */
  answer(files: readonly string[]): Promise<Prediction>;
}

/**
 * Loads a version to label files by, time and again. It answers as `predictFiles` does.
 *
 * @throws RegraftError `record-not-found` for an unknown version, `data-too-small` for an `accuracy` that the version's
 *   validation images can't show
 * @example const { files } = await (await openPredictor(store, 'champion')).answer(['photo.jpg']);
 */
export const openPredictor = async (
  store: Store,
  reference: string,
  options: AnswerOptions = {},
): Promise<Predictor> => {
  const loaded = await loadVersionModel(store, reference);
  const rules = await loadAnswerRules(store, loaded, options);
  return {
    version: loaded.version,
    answer: async (files) => {
      const names = await listImageFiles(files, options.signal);
      const named = await inspectNamedFiles(names, options.signal);
      return (await answerFiles(store, loaded, named, rules, options)).prediction;
    },
  };
};
