import { formatCount, formatQuantity, type Manifest, manifestCounts } from '@regraft/studio';
import { Box, Text } from '../../ink.js';
import { useTerminalSize } from '../layout/use-terminal-size.js';
import { PictureStrip } from '../picture/picture-strip.js';

const barWidth = 16;

/** On a lower terminal the counts have all the room. */
const roomForPictures = 24;

/** How many images there are of each class. */
export const SeenData = ({ manifest, rows }: { readonly manifest: Manifest; readonly rows: number }) => {
  const { train, validation, test } = manifestCounts(manifest);
  const counts = manifest.labels.map((_, label) => train[label]! + validation[label]! + test[label]!);
  const most = Math.max(...counts);
  const left = manifest.problems.length;
  const shown = manifest.labels.slice(0, Math.max(1, rows - 2));
  const hidden = manifest.labels.length - shown.length;
  const size = useTerminalSize();
  const width = Math.min(24, Math.max(...shown.map((label) => label.length)));
  return (
    <Box flexDirection="column">
      <Text>
        <Text color="green">✔</Text> {formatQuantity(manifest.images.length, 'image')},{' '}
        {formatQuantity(manifest.labels.length, 'class', 'classes')}
        {left > 0 ? <Text color="yellow">, {formatQuantity(left, 'file')} left out</Text> : null}
      </Text>
      {shown.map((label, index) => (
        <Box key={label} columnGap={1}>
          <Box width={width} flexShrink={0}>
            <Text wrap="truncate">{label}</Text>
          </Box>
          <Text color="green">{'█'.repeat(Math.max(1, Math.round((counts[index]! / most) * barWidth)))}</Text>
          <Text dimColor>{formatCount(counts[index]!)}</Text>
        </Box>
      ))}
      {hidden > 0 ? <Text dimColor>and {formatQuantity(hidden, 'class', 'classes')} more</Text> : null}
      {size.rows >= roomForPictures ? (
        <PictureStrip
          manifest={manifest}
          columns={size.columns - 2}
          rows={rows - 1 - shown.length - (hidden > 0 ? 1 : 0)}
        />
      ) : null}
    </Box>
  );
};
