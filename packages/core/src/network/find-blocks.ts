import { findHead } from './find-head.js';
import { findUnits, type Unit, type UnitKind } from './find-units.js';
import type { Network } from './network.js';

/** A named part of a network that one tensor enters and one leaves. */
export interface Block {
  /** `stem`, `block-1` … `block-n`, `head-conv`, `head`. */
  readonly name: string;
  /** Names of its nodes, in topological order. */
  readonly nodes: readonly string[];
  /** The name of the node whose value leaves the block. */
  readonly output: string;
}

const isWeighted = ({ kind }: Unit): boolean => kind !== 'glue' && kind !== 'pool';

const has = (units: readonly Unit[], kind: UnitKind): boolean => units.some((unit) => unit.kind === kind);

const isPlain = (units: readonly Unit[]): boolean => !has(units, 'depthwise') && !has(units, 'residual');

/** Whether a convolution or residual unit goes on with an open block that already has weights. */
const continues = (open: readonly Unit[], unit: Unit): boolean => {
  if (unit.kind === 'residual' || unit.kind === 'depthwise' || has(open, 'residual')) return false;
  if (has(open, 'depthwise')) return open.findLast(isWeighted)!.kind === 'depthwise';
  return !unit.strided && !has(open, 'pool');
};

/** Where the 1x1 convolution stands that expands the channels for a depthwise one to follow; -1 for none. */
const findExpansion = (open: readonly Unit[]): number => {
  const last = open.findLastIndex(isWeighted);
  const expands = isPlain(open) && open[last]!.kind === 'pointwise' && !has(open.slice(last), 'pool');
  return expands ? last : -1;
};

/** Groups units into the stem and the blocks; what has no weights goes with what stands before it. */
const groupUnits = (units: readonly Unit[]): Unit[][] => {
  const stemEnd = units.findIndex(isWeighted) + 1;
  const groups: Unit[][] = [units.slice(0, stemEnd)];
  for (const unit of units.slice(stemEnd)) {
    const open = groups.at(-1)!;
    const isStem = groups.length === 1;
    if (!isWeighted(unit) || (!isStem && continues(open, unit))) {
      open.push(unit);
      continue;
    }
    const expansion = unit.kind === 'depthwise' && !isStem ? findExpansion(open) : -1;
    const taken = expansion < 0 ? [] : open.splice(expansion);
    if (open.length === 0) groups.pop();
    groups.push([...taken, unit]);
  }
  return groups;
};

const nameGroups = (groups: readonly Unit[][]): string[] => {
  const last = groups.length - 1;
  const endsInConvolution =
    last >= 2 &&
    isPlain(groups[last]!) &&
    groups[last]!.filter(isWeighted).length === 1 &&
    !isPlain(groups[last - 1]!);
  return groups.map((_, index) => {
    if (index === 0) return 'stem';
    return index === last && endsInConvolution ? 'head-conv' : `block-${index}`;
  });
};

const toBlock = (name: string, units: readonly Unit[]): Block => {
  const nodes = units.flatMap((unit) => unit.nodes.map((node) => node.name));
  return { name, nodes, output: nodes.at(-1)! };
};

/**
 * The blocks of a network from input to output, each with weights of its own. `stem`: the first convolution and
 * what comes before it or pools right behind it. `block-1` …: a residual unit; a depthwise convolution with the 1x1
 * ones around it; or plain convolutions up to a pool or before a stride. `head-conv`: one plain convolution after
 * such blocks. `head`: from the global pool or flatten up, when a dense or softmax classifier follows. Nodes that
 * don't reach the output are in no block.
 *
 * @example findBlocks(network).map(({ name }) => name) // ['stem', 'block-1', ..., 'head-conv', 'head']
 */
export const findBlocks = (network: Network): Block[] => {
  const units = findUnits(network);
  const headStart = findHead(units, network.weights);
  const features = units.slice(0, headStart);
  const head = units.slice(headStart);
  if (head.length > 0 && !features.some(isWeighted)) return [toBlock('head', units)];
  const groups = groupUnits(features);
  const names = nameGroups(groups);
  const blocks = groups.map((group, index) => toBlock(names[index]!, group));
  return head.length > 0 ? [...blocks, toBlock('head', head)] : blocks;
};
