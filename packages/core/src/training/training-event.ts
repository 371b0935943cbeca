import type { Model } from '../grafting/model.js';

/**
 * `trunk`: images through the frozen trunk; `features`: activations at the cut through the frozen rest, for the
 * head; `head`: the head alone; `tail`: the blocks above the cut with it.
 */
export type TrainingPhase = 'features' | 'head' | 'tail' | 'trunk';

/** Loss in nats, unweighted and without label smoothing, and accuracy. */
export interface Score {
  readonly loss: number;
  readonly accuracy: number;
}

/** One pass over the training data; an exactly fitted head is one. */
export interface EpochRecord {
  readonly phase: 'head' | 'tail';
  readonly epoch: number;
  readonly epochs: number;
  /** Over the epoch's steps, so as the optimiser saw it: weighted, smoothed, with dropout. */
  readonly loss: number;
  readonly accuracy: number;
  readonly validation: Score | null;
  /** At the epoch's last step; null for an exactly fitted head. */
  readonly learningRate: number | null;
  readonly seconds: number;
}

export type TrainingEvent =
  | {
      readonly type: 'phase-start';
      readonly phase: TrainingPhase;
      /** Examples of `trunk` and `features`, fits of an exact head, epochs otherwise. */
      readonly total: number;
    }
  | {
      readonly type: 'examples-computed';
      readonly phase: 'features' | 'trunk';
      readonly done: number;
      readonly total: number;
    }
  | { readonly type: 'head-fit'; readonly done: number; readonly total: number }
  | {
      readonly type: 'step';
      readonly phase: 'head' | 'tail';
      readonly epoch: number;
      readonly epochs: number;
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
      readonly learningRate: number;
    }
  | ({ readonly type: 'epoch-end' } & EpochRecord)
  | { readonly type: 'checkpoint-saved'; readonly phase: 'head' | 'tail'; readonly bytes: number }
  | { readonly type: 'phase-end'; readonly phase: TrainingPhase; readonly seconds: number };

/** One strength of regularisation, tried. */
export interface RegularisationScore extends Score {
  /** L2 strength on standardised features: 1 / C of scikit-learn. */
  readonly regularisation: number;
}

/** How the head was fitted. */
export interface HeadSummary {
  readonly solver: 'exact' | 'gradient';
  /** The strength that was used; null with the gradient solver. */
  readonly regularisation: number | null;
  readonly folds: number;
  /** Means over held-out examples, strongest regularisation last; empty if it was given or data were too few. */
  readonly crossValidation: readonly RegularisationScore[];
}

export interface TrainingResult {
  /** The model with the best weights. */
  readonly model: Model;
  readonly history: readonly EpochRecord[];
  /** Which epoch's weights those are; epoch 0 of `tail` is the head before any block moved. */
  readonly best: {
    readonly phase: 'head' | 'tail';
    readonly epoch: number;
    readonly validation: Score | null;
  };
  /** Null if no head was fitted on its own. */
  readonly head: HeadSummary | null;
  /** Of work, interruptions left out. */
  readonly seconds: number;
}
