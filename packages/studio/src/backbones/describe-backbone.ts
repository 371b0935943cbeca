import { type BackboneSpec, inferShapes, nodeWeights, type Shape, sizeOf } from '@regraft/core';
import { type LoadBackboneByNameOptions, loadBackboneByName } from './load-backbone-by-name.js';

interface BlockDescription {
  readonly name: string;
  /** What leaves the block. */
  readonly shape: Shape;
  readonly parameters: number;
}

export interface BackboneDetails {
  readonly spec: BackboneSpec;
  /** Sha256 of the network. */
  readonly sha256: string;
  readonly features: number;
  readonly blocks: readonly BlockDescription[];
  readonly warnings: readonly string[];
}

/**
 * Loads a backbone and tells its facts, block by block.
 *
 * @example (await describeBackbone('mobilenet-v2.openimages')).blocks[0] // { name: 'stem', shape: [112, 112, 32], ... }
 */
export const describeBackbone = async (
  nameOrPath: string,
  options: LoadBackboneByNameOptions = {},
): Promise<BackboneDetails> => {
  const { spec, sha256, network, blocks, warnings } = await loadBackboneByName(nameOrPath, options);
  const shapes = inferShapes(network);
  const nodes = new Map(network.nodes.map((node) => [node.name, node]));
  const parametersOf = (names: readonly string[]): number =>
    names
      .flatMap((name) => nodeWeights(nodes.get(name)!))
      .reduce((sum, { name }) => sum + sizeOf(network.weights.get(name)!.shape), 0);
  return {
    spec,
    sha256,
    features: spec.features,
    blocks: blocks.map((block) => ({
      name: block.name,
      shape: shapes.get(block.output)!,
      parameters: parametersOf(block.nodes),
    })),
    warnings,
  };
};
