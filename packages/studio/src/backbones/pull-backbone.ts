import {
  type FetchOptions,
  findBackboneSpec,
  requireChecksum,
  sha256,
  type WeightSource,
} from '@regraft/core';
import { createWeightSource } from './create-weight-source.js';

export interface PulledBackbone {
  readonly id: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface PullBackboneOptions extends FetchOptions {
  readonly source?: WeightSource;
}

/**
 * Fetches the weights of a backbone of the catalogue and keeps them, so that later runs need no network.
 * Throws `backbone-unknown`, `backbone-unavailable`, `checksum-mismatch` or `cancelled`.
 *
 * @example await pullBackbone('efficientnet-lite0.imagenet', { onProgress: (done, total) => show(done, total) });
 */
export const pullBackbone = async (
  id: string,
  { source = createWeightSource(), ...options }: PullBackboneOptions = {},
): Promise<PulledBackbone> => {
  const spec = findBackboneSpec(id);
  const bytes = await source.fetch(spec.source, options);
  const received = await sha256(bytes);
  if (spec.source.sha256 !== undefined) requireChecksum(received, spec.source.sha256, id);
  return { id, sha256: received, bytes: bytes.length };
};
