import type { CacheCount } from '../runs/run-event.js';

/** What a version says of an image: its label, that it isn't sure which, or that it is none of its labels. */
export type Answer = 'label' | 'not-sure' | 'none-of-these';

/** A version's answer to one image. Whatever the answer, `label` is the most probable one. */
export interface ImageAnswer {
  readonly answer: Answer;
  readonly label: string;
  /** Calibrated: of such answers that share is right, among images like those it was validated on. */
  readonly probability: number;
  /** Of every label. */
  readonly probabilities: Readonly<Record<string, number>>;
  /** How unlike the training images it is, a distance from 0 to 2; null where that isn't measured. */
  readonly distance: number | null;
}

export type FilePrediction =
  | ({ readonly file: string } & ImageAnswer)
  | {
      readonly file: string;
      readonly error: { readonly code: 'image-unreadable'; readonly message: string };
    };

/** By what rules a version answers; a threshold is null where it doesn't apply. */
export interface AnswerThresholds {
  /** It is not sure below this probability; `target` is the share of right answers that this was chosen for. */
  readonly sure: { readonly threshold: number; readonly target: number } | null;
  /** An image at a larger distance is none of its labels. */
  readonly known: { readonly threshold: number; readonly falseAlarms: number } | null;
}

export interface Prediction {
  readonly version: string;
  readonly thresholds: AnswerThresholds;
  /** In the order the files were given. */
  readonly files: readonly FilePrediction[];
  readonly cache: CacheCount;
  readonly seconds: number;
  /** What the reader of the answers ought to know. */
  readonly notes: readonly string[];
}
