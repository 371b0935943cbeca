import { nearestNames, RegraftError } from '@regraft/errors';
import type { BackboneSpec } from './backbone-spec.js';
import { catalogue } from './catalogue.js';

/**
 * The catalogue's entry of this id. Throws `backbone-unknown` with the nearest ids.
 *
 * @example findBackboneSpec('mobilenet-v2.openimages').features // 1280
 */
export const findBackboneSpec = (id: string): BackboneSpec => {
  const spec = catalogue.find((entry) => entry.id === id);
  if (spec !== undefined) return spec;
  const known = catalogue.map((entry) => entry.id);
  const nearest = nearestNames(id, known);
  throw new RegraftError({
    code: 'backbone-unknown',
    message: `A backbone must be of the catalogue or a file of weights. Received: "${id}"`,
    hint:
      nearest.length > 0
        ? `Did you mean ${nearest.join(' or ')}?`
        : `Choose one of ${known.join(', ')}, or give the path of a file.`,
    details: { id, nearest, known },
  });
};
