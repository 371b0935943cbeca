import type { Store } from '@regraft/store';
import type { VersionModel } from '../versions/load-version-model.js';
import { answerFiles } from './answer-files.js';
import { type AnswerOptions, loadAnswerRules } from './answer-rules.js';
import type { Prediction } from './file-prediction.js';
import { type NamedFiles, requireReadable } from './inspect-named-files.js';

/** A version's answers to files that were looked at before. */
export const predictVersion = async (
  store: Store,
  loaded: VersionModel,
  named: NamedFiles,
  options: AnswerOptions,
): Promise<Prediction> => {
  const started = performance.now();
  const rules = await loadAnswerRules(store, loaded, options);
  const { prediction, reasons } = await answerFiles(store, loaded, named, rules, options);
  requireReadable(named.names, reasons);
  return { ...prediction, seconds: (performance.now() - started) / 1000 };
};
