import { type Block, cutNetwork, type Model, type Network } from '@regraft/core';

/** How many of the last blocks lie above a station, from the lowest station up. */
export const stationDepths = [8, 4, 2] as const;

/**
 * The way from an image to a cut, in segments that run one after the other. Each but the last ends at a station: the
 * output of the block above which 8, 4 or 2 of the network's blocks are left. An engine rounds a network that it runs
 * in one piece otherwise than one in two, so the pieces are the network's own: the bits of a row depend neither on
 * where its computation began nor on which other cuts were passed on the way.
 *
 * @param blocks those of the backbone, without a head
 * @param cut the output of a block, or the input node
 */
export const trunkChain = (
  { network, blocks }: { readonly network: Network; readonly blocks: readonly Block[] },
  cut: string = network.output,
): readonly Network[] => {
  const { trunk } = cutNetwork(network, cut);
  const below = new Set(trunk.nodes.map(({ name }) => name).filter((name) => name !== cut));
  const stations = stationDepths.flatMap((depth) => blocks.at(-1 - depth)?.output ?? []);
  const segments: Network[] = [];
  let rest = trunk;
  for (const station of stations.filter((name) => below.has(name))) {
    const { trunk: segment, tail } = cutNetwork(rest, station);
    segments.push(segment);
    rest = tail;
  }
  return [...segments, rest];
};

/** The way from an image to a model's cut. */
export const modelChain = ({ network, blocks, plan }: Model): readonly Network[] =>
  trunkChain({ network, blocks: blocks.slice(0, -1) }, plan.cut);
