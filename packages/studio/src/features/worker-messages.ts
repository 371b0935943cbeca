import type { Network, Preprocessing, Shape } from '@regraft/core';
import type { View } from '../data/views.js';
import type { TrunkGate } from './trunk-gate.js';

/** A trunk in the form that an engine runs. */
export type TrunkProgram =
  | { readonly engine: 'onnxruntime'; readonly onnx: Uint8Array; readonly inputShape: Shape }
  | { readonly engine: 'tfjs'; readonly network: Network; readonly inputShape: Shape };

/** What a worker is started with. */
export interface WorkerSetup {
  readonly program: TrunkProgram;
  readonly preprocessing: Preprocessing;
  readonly table: Float32Array;
  readonly gate: TrunkGate;
}

/** One image in one view. */
export interface FeatureJob {
  readonly id: number;
  readonly file: string;
  readonly sha256: string;
  readonly view: View;
}

export type WorkerRequest = FeatureJob | 'stop';

export type FeatureResult =
  | { readonly id: number; readonly values: Float32Array }
  | { readonly id: number; readonly unreadable: string };
