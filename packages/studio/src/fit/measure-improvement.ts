import type { AccuracyChange } from '../evaluate/accuracy-change.js';
import { selectExamples } from '../features/select-examples.js';
import type { ImageExamples } from './extract-features.js';
import { measureChange, type TrainedPair } from './measure-change.js';

/**
 * Measures a model before and after its training on the new held-out images that neither has learned from; null where
 * there are none.
 */
export const measureImprovement = async (
  pair: TrainedPair,
  { examples, labels, images }: ImageExamples,
  { learned, signal }: { learned: ReadonlySet<string>; signal: AbortSignal },
): Promise<AccuracyChange | null> => {
  const unseen = [...images.keys()].filter((position) => {
    const { sha256, replayed } = images[position]!;
    return !replayed && !learned.has(sha256);
  });
  if (unseen.length === 0) return null;
  return measureChange(
    pair,
    { examples: selectExamples(examples, unseen), labels: unseen.map((position) => labels[position]!) },
    signal,
  );
};
