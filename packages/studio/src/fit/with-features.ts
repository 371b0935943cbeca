import { extractFeatures, type FeatureRequest, type SplitFeatures } from './extract-features.js';

/** Works on a manifest's images at a model's cut, and lets go of them whatever happens. */
export const withFeatures = async <Result>(
  request: FeatureRequest,
  work: (features: SplitFeatures) => Promise<Result>,
): Promise<Result> => {
  const features = await extractFeatures(request);
  try {
    return await work(features);
  } finally {
    await features.close();
  }
};
