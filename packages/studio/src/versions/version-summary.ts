import type { Estimate } from '../format/number-format.js';

/** One line of a list of versions. */
export interface VersionSummary {
  /** `v3`: how commands and pages refer to it. */
  readonly version: string;
  readonly name: string | null;
  /** Movable names, `champion` say, that point to this version now. */
  readonly aliases: readonly string[];
  readonly labels: readonly string[];
  /** On the test split, else on the validation split; null where neither was measured. */
  readonly accuracy: Estimate | null;
  /** The version it was fine-tuned from. */
  readonly parent: string | null;
  /** Null where the version's card names none. */
  readonly backbone: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}
