import type { ColourBits } from '../../output/half-blocks.js';

/**
 * In how many bits a picture can be drawn on a terminal whose colours have so many; null where it can't, or is not to be.
 * COLORTERM knows more than the terminal's name: inside tmux that names a palette.
 */
export const colourBits = (
  terminal: number,
  { NO_COLOR, COLORTERM = '' }: NodeJS.ProcessEnv = process.env,
): ColourBits | null => {
  if (NO_COLOR || terminal < 8) return null;
  return terminal >= 24 || /truecolor|24bit/i.test(COLORTERM) ? 24 : 8;
};
