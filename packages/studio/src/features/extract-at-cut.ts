import { hashNetwork, type Model, splitModel } from '@regraft/core';
import type { Store } from '@regraft/store';
import { activationSpace } from './activation-space.js';
import {
  type ExtractedActivations,
  type ExtractionRequest,
  extractActivations,
} from './extract-activations.js';

/** Brings images to a model's cut, from the store's cache where it can. */
export const extractAtCut = async (
  store: Store,
  model: Model,
  request: Omit<ExtractionRequest, 'trunk' | 'preprocessing' | 'space' | 'activations'>,
): Promise<ExtractedActivations> => {
  const { trunk, cut } = splitModel(model);
  const { preprocessing } = model;
  return extractActivations({
    ...request,
    trunk,
    preprocessing,
    space: activationSpace({ backbone: await hashNetwork(trunk), cut, preprocessing }),
    activations: store.activations,
  });
};
