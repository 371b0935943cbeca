import type { Network } from '../network/network.js';
import type { Preprocessing } from '../preprocessing/preprocessing.js';

/** What a reader makes of a file. */
export interface ReadNetwork {
  readonly network: Network;
  /** Class names in the order of the network's outputs, where the file holds them. */
  readonly labels?: readonly string[];
  /** How pixels become the network's input, where the format fixes it. */
  readonly preprocessing?: Preprocessing;
  /** What was read otherwise than one might expect, one sentence each. */
  readonly warnings: readonly string[];
}
