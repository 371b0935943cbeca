import { examplesFromArray, findLabelErrors, outOfFoldProbabilities } from '@regraft/core';
import { RegraftError } from '@regraft/errors';
import { selectRows } from '../features/select-rows.js';
import type { InspectedData } from './inspected-data.js';
import type { InspectionReport } from './inspection-report.js';
import type { ImageFeatures } from './second-opinion.js';
import { describeImage, rowsOf } from './select-rows.js';

export interface SuspectOptions {
  /** What the labels are judged by. */
  readonly by: ImageFeatures;
  readonly top: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Training and validation images whose label is probably wrong, by heads that haven't seen the image they judge. */
export const findLabelSuspects = async (
  data: InspectedData,
  { top, by: { features, columns }, signal, onProgress }: SuspectOptions,
): Promise<InspectionReport['labelErrors']> => {
  const { labels, images } = data;
  const rows = rowsOf(data, 'train', 'validation');
  const given = rows.map((row) => images[row]!.label);
  const examples = examplesFromArray(selectRows(features, columns, rows), [columns]);
  try {
    const { probabilities } = await outOfFoldProbabilities({ examples, labels: given }, labels.length, {
      signal,
      onProgress,
    });
    const { errors, noise, n } = findLabelErrors(probabilities, given, labels.length);
    return {
      n,
      noise,
      total: errors.length,
      images: errors.slice(0, top).map(({ index, suggested, selfConfidence, margin }) => ({
        ...describeImage(data, rows[index]!),
        suggested: labels[suggested]!,
        givenProbability: selfConfidence,
        suggestedProbability: selfConfidence - margin,
      })),
    };
  } catch (error) {
    if (RegraftError.isInstance(error) && error.code === 'data-too-small') return null;
    throw error;
  }
};
