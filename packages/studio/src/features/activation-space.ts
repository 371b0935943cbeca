import { createHash } from 'node:crypto';
import { hashNetwork, type Network, type Preprocessing } from '@regraft/core';

/** What activations depend on besides the image and its view. */
export interface ActivationSpaceParts {
  /** The sha256 of each segment of the way to the cut, from the image up. */
  readonly segments: readonly string[];
  readonly preprocessing: Preprocessing;
}

/** Raised when decoding, resizing or running gives other bits than before. */
const rowVersion = 2;

const sha256Of = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** Names (in sha256 hex) the space that activations lie in: an image has one row in it. */
export const activationSpace = ({ segments, preprocessing }: ActivationSpaceParts): string => {
  const { size, fit, interpolation, mean, deviation } = preprocessing;
  return sha256Of([rowVersion, segments, size, fit, interpolation, mean, deviation]);
};

/**
 * Names the spaces at the ends of a chain's segments, in their order.
 *
 * @example const space = (await activationSpaces(modelChain(model), model.preprocessing)).at(-1);
 */
export const activationSpaces = async (
  chain: readonly Network[],
  preprocessing: Preprocessing,
): Promise<string[]> => {
  const hashes = await Promise.all(chain.map(hashNetwork));
  return hashes.map((_, place) => activationSpace({ segments: hashes.slice(0, place + 1), preprocessing }));
};

/** Names the part of a space that holds one view of every image; `view` is what `viewIdentity` says. */
export const viewSpace = (space: string, view: string): string => sha256Of([space, view]);
