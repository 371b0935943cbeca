import pc from 'picocolors';

const { NO_COLOR, FORCE_COLOR, TERM } = process.env;

/** Colour for people at a terminal: not in a pipe, on CI or for a dumb terminal, unless FORCE_COLOR says so. */
const hasColour =
  !NO_COLOR && (FORCE_COLOR ? FORCE_COLOR !== '0' : process.stdout.isTTY === true && TERM !== 'dumb');

const { green, cyan, magenta, yellow, red, dim, bold } = pc.createColors(hasColour);

/** Terminal colours by meaning: leaf = trained or good, ice = frozen or cached, bloom = the head. */
export const paint = {
  leaf: green,
  ice: cyan,
  bloom: magenta,
  amber: yellow,
  red,
  muted: dim,
  strong: bold,
};
