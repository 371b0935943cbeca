import { useState } from 'react';
import { Box, Text, useInput, useIsScreenReaderEnabled } from '../../ink.js';
import { PaintedLines } from './painted-lines.js';
import { useTerminalSize } from './use-terminal-size.js';
import { wrapLine } from './wrap-line.js';

/** Lines, painted already, that are scrolled where there are more than fit: arrows, pages, Home and End. */
export const ScrollLines = ({
  lines: painted,
  rows,
}: {
  readonly lines: readonly string[];
  readonly rows: number;
}) => {
  const isRead = useIsScreenReaderEnabled();
  const columns = useTerminalSize().columns - 2;
  const lines = painted.flatMap((line) => wrapLine(line, columns));
  const [top, setTop] = useState(0);
  const fits = isRead || lines.length <= rows;
  const height = fits ? lines.length : rows - 1;
  const lowest = Math.max(0, lines.length - height);
  const first = Math.min(top, lowest);
  useInput(
    (_input, key) => {
      const goTo = (line: number): void => setTop(Math.max(0, Math.min(lowest, line)));
      if (key.downArrow) goTo(first + 1);
      else if (key.upArrow) goTo(first - 1);
      else if (key.pageDown) goTo(first + height);
      else if (key.pageUp) goTo(first - height);
      else if (key.home) goTo(0);
      else if (key.end) goTo(lowest);
    },
    { isActive: !fits },
  );
  return (
    <Box flexDirection="column">
      <PaintedLines lines={lines.slice(first, first + height)} />
      {fits ? null : (
        <Text dimColor>
          {first > 0 ? '↑' : ' '}
          {first < lowest ? '↓' : ' '} lines {first + 1} to {first + height} of {lines.length}
        </Text>
      )}
    </Box>
  );
};
