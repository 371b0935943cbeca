import type { Shape } from '../../network/network.js';
import { unsupported } from '../format-errors.js';
import type { NetworkDraft } from '../network-draft.js';
import type { KerasLayer } from './keras-layer.js';
import type { KerasWeight } from './keras-weights.js';

/** What every step of reading one Keras file shares. */
export interface Reading {
  readonly draft: NetworkDraft;
  readonly kerasMajor: number;
  warn(sentence: string): void;
  /** The weight of a layer nested in the models of `path`, outermost first. */
  takeWeight(layer: KerasLayer, path: readonly string[], roles: readonly string[]): KerasWeight;
}

/** Appends the network's input node. */
export const addInput = ({ draft }: Reading, name: string, shape: Shape | undefined): string => {
  if (shape === undefined) {
    throw unsupported(
      `A model must state its input shape. Received: none at layer "${name}".`,
      'Give the first layer an input shape and export the model again.',
    );
  }
  return draft.add({ op: 'input', name, inputs: [], shape });
};
