import { RegraftError } from '@regraft/errors';
import { detectFamily } from '../families/detect-family.js';
import { families } from '../families/families.js';
import type { Family, HyperParameters } from '../families/family.js';
import { fillFamily } from '../families/fill-family.js';
import { listSome } from '../formats/list-some.js';
import type { ReadNetwork } from '../formats/read-network.js';
import type { StateDict } from '../formats/state-dict.js';
import type { Network } from '../network/network.js';

/** An architecture by the id of its family. */
export interface Architecture {
  readonly family: string;
  readonly hyperParameters: HyperParameters;
}

const findFamily = (id: string): Family => {
  const family = families[id];
  if (family !== undefined) return family;
  throw new RegraftError({
    code: 'weights-unsupported',
    message: `A family must be one of ${Object.keys(families).join(', ')}. Received: "${id}"`,
    hint: 'Choose one of these.',
  });
};

const recogniseFamily = (stateDict: StateDict): { family: Family; hyperParameters: HyperParameters } => {
  const detected = detectFamily(stateDict);
  if (detected !== undefined) return detected;
  const known = Object.values(families).map(({ title }) => title);
  throw new RegraftError({
    code: 'weights-unsupported',
    message: `Weights without a topology must be of ${known.join(', ')}. Received: ${stateDict.size} others, such as ${listSome([...stateDict.keys()], 3)}`,
    hint: 'Export the whole model, as TensorFlow Lite, Keras h5 or a tfjs layers model.',
    details: { known, found: [...stateDict.keys()] },
  });
};

const inputSize = ({ nodes }: Network): [number, number] => {
  const { shape } = nodes.find((node) => node.op === 'input')!;
  return [shape[0]!, shape[1]!];
};

/**
 * The network that a state dict's weights are for: of the given architecture, or of the one that its names and shapes
 * tell. Throws `weights-unsupported` for weights of no known family, `weights-mismatch` where some don't fit.
 *
 * @example const { network, preprocessing } = readStateDictNetwork(readSafetensors(bytes));
 */
export const readStateDictNetwork = (stateDict: StateDict, architecture?: Architecture): ReadNetwork => {
  const { family, hyperParameters } =
    architecture === undefined
      ? recogniseFamily(stateDict)
      : { ...architecture, family: findFamily(architecture.family) };
  const { network, dialect, warnings } = fillFamily(family, hyperParameters, stateDict);
  return { network, preprocessing: { size: inputSize(network), ...dialect.preprocessing }, warnings };
};
