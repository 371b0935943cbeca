import { unreadable, unsupported } from '../format-errors.js';
import { listSome } from '../list-some.js';
import { draftNetwork } from '../network-draft.js';
import type { ReadNetwork } from '../read-network.js';
import { applyModel } from './apply-model.js';
import { isModel } from './keras-layer.js';
import { findKerasWeights, type KerasWeight } from './keras-weights.js';
import { parseLayer } from './parse-layer.js';

/** A Keras model in parts. */
export interface KerasModel {
  /** `{class_name, config}` of a Sequential or Functional model, as parsed JSON. */
  readonly config: unknown;
  readonly weights: readonly KerasWeight[];
  /** As the file states it: `2.15.0`, `3.5.0`, `tfjs-layers 4.22.0`. */
  readonly kerasVersion?: string | undefined;
}

const unusedSentence = (names: readonly string[]): string =>
  `${names.length} of the file's weights belong to no layer and are left out: ${listSome(names, 3)}.`;

/**
 * Reads a Keras model config with its weights: Sequential or functional, nested models inlined, in the
 * spelling of Keras 2, Keras 3 or tfjs-layers. Weights keep the file's names. Throws `weights-unsupported`
 * naming the layer that neither the network nor tfjs-layers has, `weights-mismatch` where a weight is
 * missing, `weights-unreadable` where the config is not one.
 *
 * @example readKerasConfig({ config: JSON.parse(text), weights, kerasVersion: '2.15.0' }).network;
 */
export const readKerasConfig = ({ config, weights, kerasVersion = '2' }: KerasModel): ReadNetwork => {
  const model = parseLayer(config);
  if (!isModel(model)) {
    throw unreadable(`A Keras file must hold a Sequential or Functional model. Received: ${model.className}`);
  }
  const warnings = new Set<string>();
  const used = new Set<string>();
  const draft = draftNetwork(model.name);
  const finder = findKerasWeights(weights);
  const outputs = applyModel(model, [], [], {
    draft,
    kerasMajor: /^\d+/.test(kerasVersion) ? Number.parseInt(kerasVersion, 10) : 2,
    warn: (sentence) => void warnings.add(sentence),
    takeWeight: (layer, path, roles) => {
      const found = finder.find(layer, path, roles);
      used.add(found.name);
      return found;
    },
  });
  if (outputs.length !== 1) {
    throw unsupported(
      `A network has one output. Received: ${outputs.length} of model "${model.name}": ${outputs.join(', ')}`,
      'Export a model that ends in the output you want.',
    );
  }
  const network = draft.finish(outputs[0]!);
  const unused = weights.filter(({ name, weight }) => weight.shape.length > 0 && !used.has(name));
  if (unused.length > 0) warnings.add(unusedSentence(unused.map(({ name }) => name)));
  return { network, warnings: [...warnings] };
};
