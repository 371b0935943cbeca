import type { NetworkNode } from '../network/network.js';
import type { Preprocessing } from '../preprocessing/preprocessing.js';
import { type ConventionName, weightOrigin } from './weight-convention.js';

/** One way in which state dicts of a family name and lay out their weights. */
export interface Dialect {
  /** Whose it is: `keras`, `torchvision`, … */
  readonly id: string;
  readonly convention: ConventionName;
  /** The name that this dialect gives to a layer of the network. */
  readonly layerName: (layer: string) => string;
  /** What else such weights say about the network: hyper-parameters of the family. */
  readonly hyperParameters: Readonly<Record<string, unknown>>;
  /** How the weights that are published in this dialect want their pixels. */
  readonly preprocessing: Omit<Preprocessing, 'size'>;
}

/** What a dialect calls a weight of a node. */
export const originName = (
  { convention, layerName }: Dialect,
  { name, op }: Pick<NetworkNode, 'name' | 'op'>,
  role: string,
): string => `${layerName(name)}${weightOrigin(convention, op, role).suffix}`;
