import { hashNetwork, type Model, splitModel } from '@regraft/core';
import type { Store } from '@regraft/store';
import { activationSpace } from './activation-space.js';
import {
  type ExtractedActivations,
  type ExtractionRequest,
  extractActivations,
} from './extract-activations.js';

/** Brings images to a model's cut through the store's cache. */
export const extractAtCut = async (
  store: Store,
  model: Model,
  request: Pick<ExtractionRequest, 'images' | 'augmentation' | 'signal' | 'onProgress'>,
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
