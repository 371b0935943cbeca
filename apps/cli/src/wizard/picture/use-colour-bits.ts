import { useIsScreenReaderEnabled, useStdout } from '../../ink.js';
import type { ColourBits } from '../../output/half-blocks.js';
import { colourBits } from './colour-bits.js';

/** In how many bits a picture can be drawn here; null where none can, and none is to be read aloud. */
export const useColourBits = (): ColourBits | null => {
  const { stdout } = useStdout();
  const isRead = useIsScreenReaderEnabled();
  // A stream that is no terminal has no such method.
  return isRead ? null : colourBits(stdout.getColorDepth?.() ?? 1);
};
