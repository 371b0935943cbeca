import { evaluatePredictions } from '@regraft/core';
import { selectRows } from '../features/select-rows.js';
import type { InspectedData } from './inspected-data.js';
import type { Confusion, InspectionReport } from './inspection-report.js';
import { describePredicted, lossOf, rowsOf } from './select-rows.js';

/** Enough to see what a confusion is about. */
const imagesOfPair = 6;

export type Mistakes = Pick<InspectionReport, 'heldOut' | 'topLosses' | 'confusions'>;

/** What the version gets wrong on validation and test images: numbers, the worst `top` images, who is taken for whom. */
export const findMistakes = (data: InspectedData, top: number): Mistakes => {
  const rows = rowsOf(data, 'validation', 'test');
  if (rows.length === 0) return { heldOut: null, topLosses: [], confusions: [] };
  const { labels, images, probabilities } = data;
  const heldOut = evaluatePredictions({
    probabilities: selectRows(probabilities, labels.length, rows),
    labels: rows.map((row) => images[row]!.label),
    classNames: labels,
  });
  const worst = rows.toSorted((a, b) => lossOf(data, b) - lossOf(data, a)).slice(0, top);
  const predicted = rows.map((row) => describePredicted(data, row));
  const confusions = heldOut.worstPairs.map(
    ({ count, share, ...pair }): Confusion => ({
      ...pair,
      count,
      of: Math.round(count / share),
      images: predicted
        .filter((image) => image.label === pair.actual && image.predicted === pair.predicted)
        .sort((a, b) => b.probabilities[0]!.probability - a.probabilities[0]!.probability)
        .slice(0, Math.min(top, imagesOfPair)),
    }),
  );
  return { heldOut, topLosses: worst.map((row) => describePredicted(data, row)), confusions };
};
