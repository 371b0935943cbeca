import { Text } from '../../ink.js';

/** Lines that are painted already, each cut off where the terminal ends. */
export const PaintedLines = ({ lines }: { readonly lines: readonly string[] }) =>
  lines.map((line, index) => (
    // A line has no name but its place.
    <Text key={`${index} ${line}`} wrap="truncate">
      {line === '' ? ' ' : line}
    </Text>
  ));
