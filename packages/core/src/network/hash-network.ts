import type { Network, Weight } from './network.js';

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

/**
 * Sha256, in hex, of what a network computes: canonical JSON of its nodes and output, and the hash of every weight.
 * Neither the network's name nor the order of keys and weights changes it.
 *
 * @example const backboneId = await hashNetwork(network);
 */
export const hashNetwork = async ({ nodes, output, weights }: Network): Promise<string> => {
  const hashes: Record<string, string> = {};
  for (const [name, weight] of weights) hashes[name] = await hashWeight(weight);
  const canonical = JSON.stringify(sortKeys({ nodes, output, weights: hashes }));
  return sha256(new TextEncoder().encode(canonical));
};
