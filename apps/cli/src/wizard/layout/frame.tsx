import type { ReactNode } from 'react';
import { Box, Text, useIsScreenReaderEnabled } from '../../ink.js';
import { type TerminalSize, useTerminalSize } from './use-terminal-size.js';

/** What a key does, as the bottom line says it: `['Enter', 'start']`. */
export type KeyHint = readonly [key: string, does: string];

/** The keys of a question that is answered by a choice. */
export const choiceKeys: readonly KeyHint[] = [
  ['↑↓', 'move'],
  ['Enter', 'take it'],
  ['Esc', 'back'],
];

/** On a narrower terminal the keys take two lines. */
const roomForKeys = 76;

const keyLines = ({ columns }: TerminalSize): number => (columns < roomForKeys ? 2 : 1);

/** Lines that a screen has for itself: without the title, the keys, a blank line after and before, and the last of all. */
export const useBodyRows = (): number => {
  const size = useTerminalSize();
  return Math.max(1, size.rows - 4 - keyLines(size));
};

const Keys = ({ keys, lines }: { readonly keys: readonly KeyHint[]; readonly lines: number }) => (
  <Box columnGap={2} flexWrap="wrap" height={lines} overflow="hidden">
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
  const size = useTerminalSize();
  const { columns, rows } = size;
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
        <Keys keys={keys} lines={keyLines(size)} />
      </Box>
    </Box>
  );
};
