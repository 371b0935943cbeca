import { useIsScreenReaderEnabled, useStdout } from '../../ink.js';
import type { ColourBits } from '../../output/half-blocks.js';

/** How many bits the terminal has for a colour; null where a picture can't be drawn in them, or is not to be. */
export const useColourBits = (): ColourBits | null => {
  const { stdout } = useStdout();
  const isRead = useIsScreenReaderEnabled();
  const bits = stdout.getColorDepth?.() ?? 1;
  if (isRead || process.env.NO_COLOR || bits < 8) return null;
  return bits >= 24 ? 24 : 8;
};
