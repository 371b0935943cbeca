import {
  applyTemperature,
  examplesFromArray,
  type Model,
  predictProbabilities,
  separateHead,
} from '@regraft/core';

/** A model's calibrated probabilities `[n, labels]` for pooled features `[n, width]`: its head, and nothing else, runs. */
export const classifyFeatures = async (
  model: Model,
  { values, width }: { readonly values: Float32Array; readonly width: number },
  { temperature, signal }: { readonly temperature: number; readonly signal?: AbortSignal | undefined },
): Promise<Float32Array> => {
  const { classifier } = separateHead(model);
  const probabilities = await predictProbabilities(classifier, examplesFromArray(values, [width]), {
    signal,
  });
  return applyTemperature(probabilities, model.labels.length, temperature);
};
