import { Text } from '../../ink.js';
import { useTerminalSize } from './use-terminal-size.js';
import { wrapLine } from './wrap-line.js';

/** Sentences, broken between words with nothing before the first of a line. */
export const Paragraph = ({
  text,
  isMuted = false,
}: {
  readonly text: string;
  readonly isMuted?: boolean;
}) => {
  const { columns } = useTerminalSize();
  return <Text dimColor={isMuted}>{wrapLine(text, columns - 2).join('\n')}</Text>;
};
