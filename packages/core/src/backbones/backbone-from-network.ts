import { RegraftError } from '@regraft/errors';
import { plusMinusOne } from '../families/preprocessing-conventions.js';
import type { ReadNetwork } from '../formats/read-network.js';
import { findBlocks } from '../network/find-blocks.js';
import { hashNetwork } from '../network/hash-network.js';
import { inferShapes } from '../network/infer-shapes.js';
import type { Network, Shape } from '../network/network.js';
import { formatShape } from '../network/network-error.js';
import { parameterCount } from '../network/parameter-count.js';
import type { Preprocessing } from '../preprocessing/preprocessing.js';
import type { Backbone } from './backbone.js';
import type { BackboneSpec } from './backbone-spec.js';
import { resizeInput } from './resize-input.js';
import { splitClassifier } from './split-classifier.js';

type MeasuredFact = 'features' | 'parameters' | 'preprocessing';

/** A spec whose facts about the network may be left to the network; those that are given must be true. */
export type BackboneDescription = Omit<BackboneSpec, MeasuredFact> &
  Partial<Pick<BackboneSpec, MeasuredFact>>;

const inputShape = ({ nodes }: Network): Shape => nodes.find((node) => node.op === 'input')!.shape;

const requireImages = (network: Network): readonly [number, number] => {
  const [height, width, channels] = inputShape(network);
  if (height !== undefined && width !== undefined && channels === 3) return [height, width];
  throw new RegraftError({
    code: 'weights-unsupported',
    message: `A backbone must take RGB images [height, width, 3]. Received: ${formatShape(inputShape(network))}`,
    hint: 'Use a network that was trained on colour images.',
  });
};

const requireFact = (id: string, fact: string, expected: number | undefined, received: number): void => {
  if (expected === undefined || expected === received) return;
  throw new RegraftError({
    code: 'weights-mismatch',
    message: `${id} must have ${expected} ${fact}. Received: ${received}`,
    hint: 'The file holds another network than it is said to.',
    details: { fact, expected, received },
  });
};

/** The spec's preprocessing, else the file's, else what most networks of this kind want. */
const choosePreprocessing = (
  { preprocessing }: BackboneDescription,
  read: ReadNetwork,
  size: readonly [number, number],
): { preprocessing: Preprocessing; warnings: string[] } => {
  const known = preprocessing ?? read.preprocessing;
  if (known !== undefined) return { preprocessing: known, warnings: [] };
  return {
    preprocessing: { size: [...size], ...plusMinusOne },
    warnings: [
      'The file does not say how pixels become its input; they are scaled to [-1, 1], as MobileNets want them.',
    ],
  };
};

/**
 * Makes a backbone of a network: its classifier is taken off and kept aside, the output is pooled features
 * `[channels]`, the input has the size of the description's preprocessing. Throws `weights-mismatch` where the
 * description is not true of the network, `weights-unsupported` for a network that is no image network.
 *
 * @example const backbone = await backboneFromNetwork(description, readTflite(bytes));
 */
export const backboneFromNetwork = async (
  description: BackboneDescription,
  read: ReadNetwork,
): Promise<Backbone> => {
  const { preprocessing, warnings } = choosePreprocessing(description, read, requireImages(read.network));
  const { features, classifier, warnings: splitWarnings } = splitClassifier(read.network);
  const network = resizeInput(features, preprocessing.size);
  const channels = inferShapes(network).get(network.output)![0]!;
  const parameters = parameterCount(network);
  requireFact(description.id, 'features', description.features, channels);
  requireFact(description.id, 'parameters', description.parameters, parameters);
  return {
    id: description.id,
    spec: { ...description, features: channels, parameters, preprocessing },
    network,
    blocks: findBlocks(network),
    sha256: await hashNetwork(network),
    preprocessing,
    ...(classifier === undefined ? {} : { classifier }),
    ...(read.labels === undefined ? {} : { labels: read.labels }),
    warnings: [...read.warnings, ...warnings, ...splitWarnings],
  };
};
