import { createHash } from 'node:crypto';
import type { Preprocessing } from '@regraft/core';

/** What activations depend on besides the image and its view. */
export interface ActivationSpaceParts {
  /** sha256 of the backbone's network, or of the trunk. */
  readonly backbone: string;
  /** Name of the node whose value is cached. */
  readonly cut: string;
  readonly preprocessing: Preprocessing;
}

/** Raised when decoding or resizing gives other pixels than before. */
const decoderVersion = 1;

const sha256Of = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/**
 * Names (in sha256 hex) the space that activations lie in: an image has one row in it.
 *
 * @example const space = activationSpace({ backbone: backbone.sha256, cut: 'block-13', preprocessing });
 */
export const activationSpace = ({ backbone, cut, preprocessing }: ActivationSpaceParts): string => {
  const { size, fit, interpolation, mean, deviation } = preprocessing;
  return sha256Of([decoderVersion, backbone, cut, size, fit, interpolation, mean, deviation]);
};

/** Names the part of a space that holds one view of every image; `view` is what `viewIdentity` says. */
export const viewSpace = (space: string, view: string): string => sha256Of([space, view]);
