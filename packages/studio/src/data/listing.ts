import type { DataProblem, Split } from './manifest.js';

/** A file that a folder's layout or a CSV gives a label, before anyone has opened it. */
export interface ListedFile {
  /** Absolute. */
  readonly path: string;
  readonly label: string;
  /** Undefined where the split is for us to choose. */
  readonly split: Split | undefined;
}

/** What a folder or a CSV says is there. */
export interface Listing {
  /** Absolute. */
  readonly root: string;
  readonly name: string;
  /** Every label there is to train, in NFC, also those without a file. */
  readonly labels: ReadonlySet<string>;
  readonly files: readonly ListedFile[];
  /** With absolute paths. */
  readonly problems: readonly DataProblem[];
}
