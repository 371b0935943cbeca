import { useEffect, useState } from 'react';
import { Box } from '../../ink.js';
import { renderHalfBlocks } from '../../output/half-blocks.js';
import { PaintedLines } from '../layout/painted-lines.js';
import { useServices } from '../services-context.js';
import { useColourBits } from './use-colour-bits.js';

/** An image in so many columns and rows, in half blocks; an empty place until it is there, or where it can't be shown. */
export const Picture = ({
  file,
  columns,
  rows,
}: {
  readonly file: string;
  readonly columns: number;
  readonly rows: number;
}) => {
  const services = useServices();
  const bits = useColourBits();
  const [lines, setLines] = useState<readonly string[]>([]);
  // Keys don't wait for a picture, as they do for what a screen is about.
  useEffect(() => {
    let isWanted = true;
    const show = (next: readonly string[]): void => {
      if (isWanted) setLines(next);
    };
    if (bits !== null)
      services.pixels(file, { width: columns, height: 2 * rows }).then(
        (pixels) => show(renderHalfBlocks(pixels, bits)),
        () => show([]),
      );
    return () => {
      isWanted = false;
    };
  }, [file, columns, rows, bits, services]);
  return (
    <Box flexDirection="column" width={columns} height={rows} flexShrink={0} overflow="hidden">
      <PaintedLines lines={lines} />
    </Box>
  );
};
