import type { Block } from '../network/find-blocks.js';
import type { Network } from '../network/network.js';
import type { Preprocessing } from '../preprocessing/preprocessing.js';
import type { ResolvedFreezePlan } from './resolve-freeze-plan.js';

/** A backbone with a head on it: what is trained, evaluated and stored. Plain data. */
export interface Model {
  /** The whole network, from the image to a probability for each label. */
  readonly network: Network;
  /** The backbone's blocks, then `head`. */
  readonly blocks: readonly Block[];
  /** In the order of the network's outputs. */
  readonly labels: readonly string[];
  readonly preprocessing: Preprocessing;
  readonly plan: ResolvedFreezePlan;
  /** Where the backbone came from; its sha256 is that of the network as it was then. */
  readonly backbone: { readonly id: string; readonly sha256: string };
}
