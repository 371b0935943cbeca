import { z } from 'zod';
import type { Network, NetworkNode, Weight } from '../../network/network.js';
import { validateNetwork } from '../../network/validate-network.js';
import type { KerasWeight } from '../keras/keras-weights.js';
import { layersTopology } from './topology/layers-topology.js';

const entrySchema = z.object({
  name: z.string(),
  nodes: z.array(z.custom<NetworkNode>((node) => typeof node === 'object' && node !== null)),
  output: z.string(),
  /** The file's weight names to the network's. */
  weights: z.record(z.string(), z.string()),
});

const sameBytes = (a: Weight, b: Weight): boolean =>
  a.data.length === b.data.length && a.data.every((value, index) => Object.is(value, b.data[index]));

/** The file's weights under the network's names; undefined where two that must be one differ. */
const renameWeights = (
  names: Readonly<Record<string, string>>,
  weights: readonly KerasWeight[],
): Map<string, Weight> | undefined => {
  const renamed = new Map<string, Weight>();
  for (const { name: fileName, weight } of weights) {
    const name = Object.hasOwn(names, fileName) ? names[fileName] : undefined;
    if (name === undefined) continue;
    const shared = renamed.get(name);
    if (shared !== undefined && !sameBytes(shared, weight)) return undefined;
    renamed.set(name, weight);
  }
  return renamed;
};

const describes = (network: Network, modelTopology: Readonly<Record<string, unknown>>): boolean => {
  const { class_name, config } = layersTopology(network).config;
  return (
    class_name === modelTopology.class_name && JSON.stringify(config) === JSON.stringify(modelTopology.config)
  );
};

/**
 * The network that `layersArtifacts` wrote beside the layers, node for node and name for name; undefined unless
 * writing it again gives exactly the layers of the file, so that a changed file is read as it stands.
 */
export const restoreNetwork = (
  entry: unknown,
  modelTopology: Readonly<Record<string, unknown>>,
  weights: readonly KerasWeight[],
): Network | undefined => {
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) return undefined;
  const { name, nodes, output } = parsed.data;
  const renamed = renameWeights(parsed.data.weights, weights);
  if (renamed === undefined) return undefined;
  const network: Network = { name, nodes, output, weights: renamed };
  try {
    validateNetwork(network);
    return describes(network, modelTopology) ? network : undefined;
  } catch {
    // Whatever is wrong with the entry, the layers themselves can still be read.
    return undefined;
  }
};
