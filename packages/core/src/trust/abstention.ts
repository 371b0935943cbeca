import { RegraftError } from '@regraft/errors';
import { z } from 'zod';
import { exactLowerBound } from '../statistics/binomial.js';

/** From which confidence on a model's answers are right as often as was asked for. */
export const abstentionSchema = z.object({
  /** An answer is given where the confidence is this or more. */
  threshold: z.number(),
  /** The accuracy of given answers that was asked for. */
  target: z.number(),
  /** Share of examples that are answered. */
  coverage: z.number(),
  /** Examples that are answered. */
  accepted: z.int().positive(),
  /** Of the answered examples; `low` is its lower bound, which reaches the target. */
  accuracy: z.number(),
  low: z.number(),
  n: z.int().positive(),
});

export type Abstention = z.infer<typeof abstentionSchema>;

export interface AbstentionOptions {
  /** From 0 to 1. */
  readonly target: number;
  /** How often the accuracy of answers may fall short of the target; 0.05 by default. */
  readonly risk?: number | undefined;
}

/** Where the search for a threshold sets out, in equal steps of coverage. */
const starts = 4;

interface Candidate {
  readonly threshold: number;
  readonly accepted: number;
  readonly right: number;
}

/** Every threshold that tells examples apart, from the strictest on; equal confidences are answered together. */
const listCandidates = (confidence: ArrayLike<number>, correct: ArrayLike<number>): Candidate[] => {
  const order = Array.from(confidence, (_, index) => index).sort((a, b) => confidence[b]! - confidence[a]!);
  const candidates: Candidate[] = [];
  let right = 0;
  for (const [rank, index] of order.entries()) {
    right += correct[index]!;
    const threshold = confidence[index]!;
    const next = order[rank + 1];
    if (next === undefined || confidence[next]! < threshold) {
      candidates.push({ threshold, accepted: rank + 1, right });
    }
  }
  return candidates;
};

/**
 * The lowest confidence from which on a model's answers are right in a share of `target`, for held-out examples with
 * the confidence of the answer and whether it is right (1) or wrong (0). Null if no threshold keeps that promise, as
 * with too few examples: 20 answers without a mistake show no more than 80 %.
 *
 * The promise holds for new examples, not only for those at hand: the exact lower bound of the accuracy (Clopper and
 * Pearson 1934) reaches the target. Since the threshold is chosen by looking, the risk is shared out over four starts,
 * at a quarter, half, … of the examples, and from each start that passes the search goes on to lower thresholds until
 * one fails (fixed-sequence testing: Angelopoulos et al., "Learn then test", 2021, section 5). Taking the
 * threshold at which the accuracy at hand reaches the target would fall short of it about every other time. Throws
 * `data-invalid`.
 *
 * @example chooseThreshold(confidence, correct, { target: 0.95 })?.coverage // 0.83
 */
export const chooseThreshold = (
  confidence: ArrayLike<number>,
  correct: ArrayLike<number>,
  { target, risk = 0.05 }: AbstentionOptions,
): Abstention | null => {
  const n = confidence.length;
  const finite = Array.from(confidence).every(Number.isFinite);
  if (n === 0 || correct.length !== n || !finite) {
    throw new RegraftError({
      code: 'data-invalid',
      message: `A threshold is chosen on at least one example, each with a finite confidence and whether it is right. Received: ${n} confidences${finite ? '' : ', not all finite,'} and ${correct.length} outcomes.`,
      hint: 'Score the model on held-out examples.',
    });
  }
  const candidates = listCandidates(confidence, correct);
  const passing = (place: number): Abstention | null => {
    const { threshold, accepted, right } = candidates[place]!;
    const low = exactLowerBound(right, accepted, risk / starts);
    if (low < target) return null;
    return { threshold, target, coverage: accepted / n, accepted, accuracy: right / accepted, low, n };
  };
  let found: Abstention | null = null;
  let place = 0;
  for (let start = 1; start <= starts; start++) {
    const first = candidates.findIndex(({ accepted }) => accepted >= (start * n) / starts);
    place = Math.max(place, first);
    for (; place < candidates.length; place++) {
      const next = passing(place);
      if (next === null) break;
      found = next;
    }
  }
  return found;
};
