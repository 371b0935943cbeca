import type { Store } from '@regraft/store';
import { loadVersionModel } from '../versions/load-version-model.js';
import type { AnswerOptions } from './answer-rules.js';
import type { Prediction } from './file-prediction.js';
import { inspectNamedFiles, requireReadable } from './inspect-named-files.js';
import { listImageFiles } from './list-image-files.js';
import { predictVersion } from './predict-version.js';

/**
 * Labels image files, and the images in folders, with a version, by calibrated probabilities. An image unlike what the version learned from is
 * "none of these", one below its threshold "not sure", unless `always` a label is wanted. A file that can't be read
 * gets an error of its own; the others are labelled.
 *
 * @throws RegraftError `record-not-found` for an unknown version, `image-unreadable` if no file can be read,
 *   `data-too-small` for an `accuracy` that the version's validation images can't show
 * @example const { files } = await predictFiles(store, 'champion', ['photo.jpg'], { accuracy: 0.9 });
 */
export const predictFiles = async (
  store: Store,
  reference: string,
  files: readonly string[],
  options: AnswerOptions = {},
): Promise<Prediction> => {
  const loaded = await loadVersionModel(store, reference);
  const named = await inspectNamedFiles(await listImageFiles(files, options.signal), options.signal);
  requireReadable(named.names, named.failures);
  return predictVersion(store, loaded, named, options);
};
