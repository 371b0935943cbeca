import { resolve } from 'node:path';
import type { Manifest } from '@regraft/studio';
import { Box, Text } from '../../ink.js';
import { Picture } from './picture.js';
import { picturedImages } from './pictured-images.js';
import { useColourBits } from './use-colour-bits.js';

const most = 6;
const lowest = 4;
const highest = 10;
const gap = 2;

/** Some images of a data set beside each other, of different classes as far as there are; nothing where there is no room. */
export const PictureStrip = ({
  manifest,
  columns,
  rows,
}: {
  readonly manifest: Manifest;
  readonly columns: number;
  readonly rows: number;
}) => {
  const hasColour = useColourBits() !== null;
  // A line for the label, one above.
  const room = Math.min(highest, rows - 2);
  if (!hasColour || room < lowest) return null;
  const width = Math.min(2 * room, Math.max(2 * lowest, Math.floor((columns + gap) / most) - gap));
  const height = Math.ceil(width / 2);
  const count = Math.min(most, Math.floor((columns + gap) / (width + gap)));
  return (
    <Box columnGap={gap} marginTop={1} flexShrink={0}>
      {picturedImages(manifest, count).map((image) => (
        <Box key={image.path} flexDirection="column" width={width} flexShrink={0}>
          <Picture file={resolve(manifest.root, image.path)} columns={width} rows={height} />
          <Text dimColor wrap="truncate">
            {manifest.labels[image.label]}
          </Text>
        </Box>
      ))}
    </Box>
  );
};
