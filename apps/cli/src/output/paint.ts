import pc from 'picocolors';

/** Terminal colours by meaning: leaf = trained or good, ice = frozen or cached, bloom = the head. */
export const paint = {
  leaf: pc.green,
  ice: pc.cyan,
  bloom: pc.magenta,
  amber: pc.yellow,
  red: pc.red,
  muted: pc.dim,
  strong: pc.bold,
};
