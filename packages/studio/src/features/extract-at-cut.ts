import type { Model } from '@regraft/core';
import type { Store } from '@regraft/store';
import {
  type ExtractedActivations,
  type ExtractionRequest,
  extractActivations,
} from './extract-activations.js';
import { stationsThatFit } from './stations-that-fit.js';
import { modelChain } from './trunk-chain.js';

export interface CutRequest
  extends Omit<ExtractionRequest, 'chain' | 'preprocessing' | 'also' | 'activations'> {
  /** Also keep rows at the stations on the way, as far as the cache has room, for cuts there that will be wanted. */
  readonly keepStations?: boolean | undefined;
}

/** Brings images to a model's cut, from the store's cache where it can. */
export const extractAtCut = async (
  store: Store,
  model: Model,
  { keepStations = false, ...request }: CutRequest,
): Promise<ExtractedActivations> => {
  const chain = modelChain(model);
  const rows = request.images.reduce((sum, { views = 1 }) => sum + views, 0);
  const { activations } = store;
  return extractActivations({
    ...request,
    chain,
    preprocessing: model.preprocessing,
    also: keepStations ? stationsThatFit(chain, rows, activations.limit) : [],
    activations,
  });
};
