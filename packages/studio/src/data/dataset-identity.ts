import { createHash } from 'node:crypto';
import type { Manifest } from './manifest.js';

/**
 * The sha256 of what a run sees of a dataset: labels, and each image's content, label and split. Where the files lie
 * and what they are called makes no difference.
 *
 * @example datasetIdentity(manifest) // '9f86d081…'
 */
export const datasetIdentity = ({ labels, images }: Manifest): string => {
  const hash = createHash('sha256').update(JSON.stringify(labels));
  const lines = images.map(({ sha256, label, split }) => `\n${sha256} ${label} ${split}`).sort();
  for (const line of lines) hash.update(line);
  return hash.digest('hex');
};
