import type { ReactNode } from 'react';
import { Box, Text, useIsScreenReaderEnabled } from '../../ink.js';
import { useTerminalSize } from './use-terminal-size.js';

/** What a key does, as the bottom line says it: `['Enter', 'start']`. */
export type KeyHint = readonly [key: string, does: string];

/** Lines that the title and the keys take. */
export const frameLines = 4;

/** Lines that a screen has for itself. */
export const useBodyRows = (): number => Math.max(1, useTerminalSize().rows - 1 - frameLines);

const Keys = ({ keys }: { keys: readonly KeyHint[] }) => (
  <Box columnGap={2} flexWrap="wrap" height={1} overflow="hidden">
    {keys.map(([key, does]) => (
      <Text key={key}>
        <Text bold>{key}</Text> <Text dimColor>{does}</Text>
      </Text>
    ))}
  </Box>
);

/** A screen: its title, what it shows, and at the bottom what the keys do. It fills the terminal but for the last line. */
export const Frame = ({
  title,
  aside = '',
  keys,
  children,
}: {
  readonly title: string;
  /** Stands at the right of the title. */
  readonly aside?: string;
  readonly keys: readonly KeyHint[];
  readonly children: ReactNode;
}) => {
  const { columns, rows } = useTerminalSize();
  const isRead = useIsScreenReaderEnabled();
  return (
    <Box flexDirection="column" paddingX={1} width={columns} {...(isRead ? {} : { height: rows - 1 })}>
      <Box justifyContent="space-between" columnGap={2} flexShrink={0}>
        <Text wrap="truncate">
          <Text bold color="green">
            Regraft
          </Text>
          {'  '}
          {title}
        </Text>
        <Box flexShrink={0}>
          <Text dimColor>{aside}</Text>
        </Box>
      </Box>
      <Box height={1} flexShrink={0} />
      <Box flexDirection="column" flexGrow={1} overflow="hidden">
        {children}
      </Box>
      <Box height={1} flexShrink={0} />
      <Box flexShrink={0}>
        <Keys keys={keys} />
      </Box>
    </Box>
  );
};
