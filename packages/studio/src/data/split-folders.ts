import type { Split } from './manifest.js';

const names: Readonly<Record<string, Split>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  validate: 'validation',
  dev: 'validation',
  test: 'test',
  testing: 'test',
};

/**
 * The split that a folder's or a CSV cell's name stands for, if it stands for one.
 *
 * @example splitNamed('Valid') // 'validation'
 */
export const splitNamed = (name: string): Split | undefined => {
  const key = name.trim().toLowerCase();
  return Object.hasOwn(names, key) ? names[key] : undefined;
};
