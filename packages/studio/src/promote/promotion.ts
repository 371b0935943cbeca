import type { AccuracyChange } from '../evaluate/accuracy-change.js';
import type { SuccessorVerdict } from './judge-successor.js';

/** Two versions on the same test images. */
export interface VersionComparison extends AccuracyChange {
  /** Where the test images are: a folder, a CSV, or the data set that they are the test split of. */
  readonly test: string;
  /** The data set's number in the store. */
  readonly dataset: number;
  /** Test images that were left out because one of the versions has learned from them. */
  readonly learned: number;
  /** Test images that could not be read. */
  readonly unreadable: number;
}

/**
 * What came of a promotion. `first`: the alias stood nowhere; `unchanged`: it stands at this version already;
 * `other-labels` and `not-measured`: the versions could not be compared.
 */
export type PromotionVerdict = SuccessorVerdict | 'first' | 'unchanged' | 'other-labels' | 'not-measured';

export interface Promotion {
  readonly alias: string;
  readonly version: string;
  /** The version that the alias stood at. */
  readonly previous: string | null;
  readonly verdict: PromotionVerdict;
  /** Whether the alias stands at another version now. */
  readonly moved: boolean;
  /** Whether it moved against the verdict, because somebody said so. */
  readonly forced: boolean;
  /** The largest loss of accuracy that counts as none, as a share. */
  readonly margin: number;
  readonly comparison: VersionComparison | null;
  /** Why the versions could not be compared. */
  readonly reason: string | null;
}
