import type { Model } from '@regraft/core';
import { measureTrust } from '../trust/measure-trust.js';
import { type Trust, temperatureOf } from '../trust/trust.js';
import type { KeptFeatures } from '../versions/version-features.js';
import { evaluateModel, type SplitMetrics } from './evaluate-model.js';
import type { SplitFeatures } from './extract-features.js';
import { keepFeatures } from './keep-features.js';

export interface JudgedModel {
  readonly kept: KeptFeatures;
  readonly trust: Trust;
  readonly metrics: SplitMetrics;
}

/** Finds out how good a trained model is and how far to trust it, in the probabilities that it will answer with. */
export const judgeModel = async (
  model: Model,
  features: SplitFeatures,
  options: { readonly seed: number; readonly signal: AbortSignal },
): Promise<JudgedModel> => {
  const kept = await keepFeatures(model, features, options);
  const trust = await measureTrust(model, kept, options);
  const metrics = await evaluateModel(model, features, { ...options, temperature: temperatureOf(trust) });
  return { kept, trust, metrics };
};
