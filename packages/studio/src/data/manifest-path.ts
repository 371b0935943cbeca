import { relative, resolve, sep } from 'node:path';
import type { Manifest, ManifestImage } from './manifest.js';

/** A path as a manifest writes it: relative to the root with forward slashes, or absolute outside it. */
export const manifestPath = (root: string, path: string): string => {
  const inside = relative(root, path);
  return inside.startsWith('..') || resolve(inside) === inside ? path : inside.split(sep).join('/');
};

/** The absolute path of a manifest's image. */
export const imageFile = ({ root }: Pick<Manifest, 'root'>, { path }: Pick<ManifestImage, 'path'>): string =>
  resolve(root, path);
