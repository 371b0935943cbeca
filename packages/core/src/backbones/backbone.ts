import type { Block } from '../network/find-blocks.js';
import type { Network } from '../network/network.js';
import type { Preprocessing } from '../preprocessing/preprocessing.js';
import type { BackboneSpec } from './backbone-spec.js';

/** A pretrained network without its classifier. */
export interface Backbone {
  readonly id: string;
  readonly spec: BackboneSpec;
  /** Takes `[height, width, 3]`, gives pooled features `[channels]`. */
  readonly network: Network;
  /** `stem`, `block-1` …, `head-conv`. */
  readonly blocks: readonly Block[];
  /** Sha256 of the network. */
  readonly sha256: string;
  readonly preprocessing: Preprocessing;
  /** What the weights came with on top: from pooled features to probabilities. */
  readonly classifier?: Network;
  /** The classifier's classes, where the file names them. */
  readonly labels?: readonly string[];
  readonly warnings: readonly string[];
}
