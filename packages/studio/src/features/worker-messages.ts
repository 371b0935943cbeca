import type { Network, Preprocessing, Shape } from '@regraft/core';
import type { View } from '../data/views.js';
import type { TrunkGate } from './trunk-gate.js';

/** A segment of the way to a cut in the form that an engine runs. */
export type TrunkSegment =
  | { readonly engine: 'onnxruntime'; readonly onnx: Uint8Array; readonly inputShape: Shape }
  | { readonly engine: 'tfjs'; readonly network: Network; readonly inputShape: Shape };

/** The segments of the way to a cut, from the image up. */
export type TrunkProgram = readonly TrunkSegment[];

/** What a worker is started with. */
export interface WorkerSetup {
  readonly program: TrunkProgram;
  readonly preprocessing: Preprocessing;
  readonly table: Float32Array;
  readonly gate: TrunkGate;
}

/** One image in one view. */
export interface ImageStart {
  readonly file: string;
  readonly sha256: string;
  readonly view: View;
}

/** A row that is known: what enters this segment. */
export interface RowStart {
  readonly segment: number;
  readonly values: Float32Array;
}

export interface FeatureJob {
  readonly id: number;
  readonly start: ImageStart | RowStart;
  /** The segments whose results are wanted, in ascending order. */
  readonly keep: readonly number[];
}

export type WorkerRequest = FeatureJob | 'stop';

export type FeatureResult =
  /** In the order of the job's `keep`. */
  | { readonly id: number; readonly rows: readonly Float32Array[] }
  | { readonly id: number; readonly unreadable: string };
