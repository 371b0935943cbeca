import type { NetworkNode } from '../network/network.js';
import type { Rectifier } from './rectifiers.js';
import type { Step } from './steps.js';

/** What a fused operation of tfjs applies to its result. */
export type FusedActivation = 'linear' | Rectifier;

/** The rectifier that a node is; undefined for other nodes. */
export const rectifierOf = (node: NetworkNode): Rectifier | undefined =>
  node.op === 'activation' && (node.kind === 'relu' || node.kind === 'relu6') ? node.kind : undefined;

/** The rectifier that a step ends with. */
export const fusedActivation = ({ followers }: Step): FusedActivation => {
  const last = followers.at(-1);
  return (last && rectifierOf(last)) ?? 'linear';
};
