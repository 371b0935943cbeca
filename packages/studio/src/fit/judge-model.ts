import type { TrainingResult } from '@regraft/core';
import { measureTrust } from '../trust/measure-trust.js';
import { type Trust, temperatureOf } from '../trust/trust.js';
import type { KeptFeatures } from '../versions/version-features.js';
import { answerUnseen, type UnseenOptions } from './answer-unseen.js';
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
  trained: TrainingResult,
  features: SplitFeatures,
  options: UnseenOptions & { readonly seed: number },
): Promise<JudgedModel> => {
  const { model } = trained;
  const kept = await keepFeatures(model, features, options);
  const unseen = await answerUnseen(trained, features, options);
  const trust = await measureTrust(model, kept, { ...options, unseen });
  const metrics = await evaluateModel(model, features, { ...options, temperature: temperatureOf(trust) });
  return { kept, trust, metrics };
};
