import {
  readSafetensors,
  readSafetensorsMetadata,
  type SafetensorsTensor,
  writeSafetensors,
} from '@regraft/core';
import { z } from 'zod';
import type { FeatureSet, KeptFeatures } from './version-features.js';

const imagesSchema = z.string().transform((text) => (text === '' ? [] : text.split(' ')));

const sets = ['training', 'validation'] as const;

/** The content of `features.safetensors`: features and labels as tensors, the images' sha256 in the metadata. */
export const writeFeaturesFile = (features: KeptFeatures): Uint8Array => {
  const tensors = new Map<string, SafetensorsTensor>();
  const metadata: Record<string, string> = {};
  for (const name of sets) {
    const set = features[name];
    if (set === null) continue;
    tensors.set(`${name}/features`, { shape: [set.labels.length, features.width], data: set.values });
    tensors.set(`${name}/labels`, { shape: [set.labels.length], data: set.labels });
    metadata[`${name}/images`] = set.images.join(' ');
  }
  return writeSafetensors(tensors, metadata);
};

/** Reads what `writeFeaturesFile` wrote. */
export const readFeaturesFile = (bytes: Uint8Array): KeptFeatures => {
  const tensors = readSafetensors(bytes);
  const metadata = readSafetensorsMetadata(bytes);
  const readSet = (name: (typeof sets)[number]): FeatureSet | null => {
    const features = tensors.get(`${name}/features`);
    if (features === undefined) return null;
    return {
      values: features.data,
      labels: Int32Array.from(tensors.get(`${name}/labels`)!.data),
      images: imagesSchema.parse(metadata[`${name}/images`]),
    };
  };
  return {
    width: tensors.get('training/features')!.shape[1]!,
    training: readSet('training')!,
    validation: readSet('validation'),
  };
};
