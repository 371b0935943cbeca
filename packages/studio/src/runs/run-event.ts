import type {
  AccuracyGap,
  ArmSummary,
  EpochRecord,
  EvaluationReport,
  Metric,
  TogetherVerdict,
  TrainingEvent,
  Verdict,
} from '@regraft/core';
import type { ErrorCode } from '@regraft/errors';
import type { DepthDecision } from '../depth/depth-decision.js';
import type { EngineFacts } from '../engines/engine.js';
import type { AccuracyChange } from '../evaluate/accuracy-change.js';
import type { Forgetting } from '../evaluate/forgetting.js';
import type { Trust } from '../trust/trust.js';

/** The parts of a fit, in their order; `depth` is there where several are compared. */
export const fitPhases = ['scan', 'depth', 'features', 'head', 'tail', 'evaluate', 'save'] as const;

/** The parts of an advice, in their order; what a case doesn't need isn't there. */
export const advicePhases = [
  'scan',
  'duplicates',
  'features',
  'heads',
  'population',
  'depth',
  'seeds',
  'referee',
  'curve',
  'backbones',
  'forgetting',
] as const;

export type RunPhase = (typeof advicePhases | typeof fitPhases)[number];

export interface BlockState {
  readonly name: string;
  readonly state: 'frozen' | 'trained' | 'head';
  /** The node whose value leaves the block. */
  readonly output: string;
  /** Values in the block's weights. */
  readonly parameters: number;
  /** What the learning rate is multiplied by in this block; 0 where it is frozen. */
  readonly learningRate: number;
}

/** What a run does: train a version, or give advice on one. */
export type RunKind = 'advise' | 'fit';

/** Images whose activations were in the cache, and images that were decoded and run through the trunk. */
export interface CacheCount {
  readonly hits: number;
  readonly misses: number;
}

/** A sha256 over every frozen tensor, BN statistics included, before and after training. */
export interface FrozenProof {
  readonly tensors: number;
  readonly before: string;
  readonly after: string;
}

export interface RunMetrics {
  readonly train: EvaluationReport;
  readonly validation: EvaluationReport | null;
  readonly test: EvaluationReport | null;
  /** Accuracy on the training images minus that on the validation images. */
  readonly gap: AccuracyGap | null;
  /** On held-out images of the old data: the version it started from, then this one. Null where there is none. */
  readonly forgetting: Forgetting | null;
  /** The same on the new held-out images, where the version before knows all their labels. */
  readonly improvement: AccuracyChange | null;
  /** On the new held-out images alone, where old ones are among the held-out images. */
  readonly newImages: Metric | null;
}

export interface RunResult {
  readonly run: number;
  readonly version: string;
  readonly name: string | null;
  readonly parent: string | null;
  readonly labels: readonly string[];
  readonly metrics: RunMetrics;
  /** Absent in runs from before it was measured. */
  readonly trust?: Trust | undefined;
  readonly seconds: number;
  readonly cache: CacheCount;
  readonly frozen: FrozenProof;
  /** How its depth was chosen, where it was. */
  readonly depth: DepthDecision | null;
}

/** What an advice comes to. */
export interface AdviceResult {
  readonly run: number;
  /** The new data's number in the store. */
  readonly dataset: number;
  /** Null where two data sets were compared. */
  readonly verdict: Verdict | null;
  readonly together: TogetherVerdict | null;
  readonly seconds: number;
}

export interface RunFailure {
  readonly code: ErrorCode | 'defect';
  readonly message: string;
  readonly hint?: string;
}

/** What a run appends to its log: the only channel between a runner and whoever watches. */
export type RunEvent =
  | {
      readonly type: 'run-start';
      readonly run: number;
      readonly engine: EngineFacts;
      readonly resumed: boolean;
      /** `fit` unless told. */
      readonly kind?: RunKind;
    }
  | { readonly type: 'phase-start'; readonly phase: RunPhase; readonly total?: number }
  | {
      readonly type: 'progress';
      readonly phase: RunPhase;
      readonly done: number;
      readonly total: number;
      /** Of the phase's unit (files, images, fits, epochs) in a second. */
      readonly rate: number;
      readonly secondsLeft: number | null;
      readonly cache?: CacheCount;
    }
  | {
      readonly type: 'phase-end';
      readonly phase: RunPhase;
      readonly seconds: number;
      readonly cache?: CacheCount;
    }
  | {
      readonly type: 'data-scanned';
      readonly dataset: number;
      readonly labels: readonly string[];
      readonly images: { readonly train: number; readonly validation: number; readonly test: number };
      /** How many of the images are old ones. */
      readonly replayed?: number;
      /** How many files were left out, by the kind of their problem. */
      readonly problems: Readonly<Record<string, number>>;
    }
  | {
      readonly type: 'model-grafted';
      readonly backbone: string;
      readonly parent: string | null;
      readonly head: 'replace' | 'keep' | 'extend';
      readonly cut: string;
      readonly blocks: readonly BlockState[];
    }
  | { readonly type: 'training'; readonly event: TrainingEvent }
  | { readonly type: 'arm-epoch'; readonly arm: string; readonly epoch: EpochRecord }
  | { readonly type: 'arm-end'; readonly arm: ArmSummary }
  | { readonly type: 'depth-chosen'; readonly decision: DepthDecision }
  | { readonly type: 'verdict'; readonly verdict: Verdict }
  | { readonly type: 'together'; readonly together: TogetherVerdict }
  | { readonly type: 'checkpoint-saved'; readonly sha256: string }
  | { readonly type: 'warning'; readonly message: string }
  | { readonly type: 'run-end'; readonly status: 'finished'; readonly result: AdviceResult | RunResult }
  | { readonly type: 'run-end'; readonly status: 'stopped' }
  | { readonly type: 'run-end'; readonly status: 'failed'; readonly error: RunFailure };
