const litter = new Set([
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  '__macosx',
  '@eadir',
  'lost+found',
  '$recycle.bin',
  'system volume information',
]);

/** Hidden files and what operating systems leave in folders: never part of a dataset, never reported. */
export const isIgnoredName = (name: string): boolean =>
  name.startsWith('.') || litter.has(name.toLowerCase());
