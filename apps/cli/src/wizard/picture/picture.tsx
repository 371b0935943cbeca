import { Box, Text } from '../../ink.js';
import { renderHalfBlocks } from '../../output/half-blocks.js';
import { useServices } from '../services-context.js';
import { useLoaded } from '../use-loaded.js';
import { useColourBits } from './use-colour-bits.js';

/** An image in so many columns and rows, in half blocks; an empty place where it can't be shown. */
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
  const { loaded } = useLoaded(`${file} ${columns} ${rows} ${bits}`, async () =>
    bits === null
      ? []
      : renderHalfBlocks(await services.pixels(file, { width: columns, height: 2 * rows }), bits),
  );
  const lines = loaded.status === 'ready' ? loaded.value : [];
  return (
    <Box flexDirection="column" width={columns} height={rows} flexShrink={0}>
      {lines.map((line, index) => (
        <Text key={index} wrap="truncate">
          {line}
        </Text>
      ))}
    </Box>
  );
};
