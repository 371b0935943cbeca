import type { Preprocessing } from '@regraft/core';

/** What activations depend on besides the image and its view. */
export interface ActivationSpaceParts {
  /** sha256 of the backbone's network. */
  readonly backbone: string;
  /** Name of the node whose value is cached. */
  readonly cut: string;
  readonly preprocessing: Preprocessing;
}

/** Raised when decoding or resizing gives other pixels than before. */
const decoderVersion = 1;

/**
 * Names the space that activations lie in, for the cache's key: rows of one space are comparable, and an image has
 * one row in it.
 */
export const activationSpace = ({ backbone, cut, preprocessing }: ActivationSpaceParts): string => {
  const { size, fit, interpolation, mean, deviation } = preprocessing;
  return JSON.stringify([decoderVersion, backbone, cut, size, fit, interpolation, mean, deviation]);
};
