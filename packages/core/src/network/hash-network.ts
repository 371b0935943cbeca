import type { Network, NetworkNode, Weight } from './network.js';
import { nodeWeights } from './node-weights.js';

const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
};

const sortKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sortKeys(entry)]),
  );
};

/**
 * Sha256, in hex, of a weight: its shape as JSON, then its float32 bytes (little endian).
 *
 * @example const before = await hashWeight(network.weights.get('conv1/kernel'));
 */
export const hashWeight = async ({ shape, data }: Weight): Promise<string> => {
  const header = new TextEncoder().encode(JSON.stringify(shape));
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return sha256(bytes);
};

/** The nodes that the output depends on, each after its inputs, in an order that only the graph decides. */
const nodesByNeed = ({ nodes, output }: Network): NetworkNode[] => {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const ordered = new Set<NetworkNode>();
  const visit = (name: string): void => {
    const node = byName.get(name)!;
    if (ordered.has(node)) return;
    for (const input of node.inputs) visit(input);
    ordered.add(node);
  };
  visit(output);
  return [...ordered];
};

/** What a node computes, without names: inputs by position, weights by role and hash. */
const describeNode = (
  node: NetworkNode,
  positions: ReadonlyMap<string, number>,
  hashes: ReadonlyMap<string, string>,
): Record<string, unknown> => {
  const { name: _, ...facts } = node;
  const weights = nodeWeights(node).map(({ role, name, trainable }) => [role, hashes.get(name), trainable]);
  const roles = Object.fromEntries(weights.map(([role]) => [role, undefined]));
  const named = node.op === 'opaque' ? { weights: undefined, nonTrainable: undefined } : roles;
  return { ...facts, ...named, inputs: node.inputs.map((input) => positions.get(input)), hashes: weights };
};

/**
 * Sha256, in hex, of what a network computes: its graph, the settings of its nodes and the hash of every weight. Names,
 * the order of keys and nodes that the output doesn't need make no difference, so a network that was written to a file
 * and read back has the same hash.
 *
 * @example const trunkId = await hashNetwork(trunk);
 */
export const hashNetwork = async (network: Network): Promise<string> => {
  const nodes = nodesByNeed(network);
  const positions = new Map(nodes.map(({ name }, position) => [name, position]));
  const hashes = new Map<string, string>();
  for (const { name } of nodes.flatMap(nodeWeights)) {
    if (!hashes.has(name)) hashes.set(name, await hashWeight(network.weights.get(name)!));
  }
  const canonical = JSON.stringify(sortKeys(nodes.map((node) => describeNode(node, positions, hashes))));
  return sha256(new TextEncoder().encode(canonical));
};
