import { createContext, type ReactNode, useContext, useState } from 'react';
import { Box, type Key, useInput } from '../../ink.js';
import { useNavigation } from '../navigation.js';
import { Frame, type KeyHint } from './frame.js';
import { Paragraph } from './paragraph.js';

const ActiveContext = createContext(true);

/** Whether keys are for the screen, and not for the help in front of it. */
export const useIsActive = (): boolean => useContext(ActiveContext);

const HelpText = ({ help }: { readonly help: readonly string[] }) => (
  <Box flexDirection="column" rowGap={1}>
    {help.map((paragraph) => (
      <Paragraph key={paragraph} text={paragraph} />
    ))}
  </Box>
);

/** A frame with what every screen has: help on `?`, and Esc, which goes back. */
export const Screen = ({
  title,
  aside,
  keys,
  help,
  interrupt = 'leave',
  questionMarkIsText = false,
  onBack,
  onKey,
  children,
}: {
  readonly title: string;
  readonly aside?: string;
  readonly keys: readonly KeyHint[];
  /** Paragraphs that explain the screen. */
  readonly help: readonly string[];
  /** What Ctrl-C does. */
  readonly interrupt?: string;
  /** Where a person is typing. */
  readonly questionMarkIsText?: boolean;
  /** Instead of the screen before. */
  readonly onBack?: () => void;
  /** Takes the keys that are for the screen: neither Esc nor `?`, and none while it explains itself. */
  readonly onKey?: (input: string, key: Key) => void;
  readonly children: ReactNode;
}) => {
  const navigation = useNavigation();
  const [isHelping, setIsHelping] = useState(false);
  useInput((input, key) => {
    if (isHelping) setIsHelping(false);
    else if (key.escape) (onBack ?? navigation.back)();
    else if (input === '?' && !questionMarkIsText) setIsHelping(true);
    else onKey?.(input, key);
  });
  return (
    <Frame
      title={title}
      {...(aside === undefined ? {} : { aside })}
      keys={isHelping ? [['any key', 'back']] : [...keys, ['?', 'help'], ['Ctrl-C', interrupt]]}
    >
      {isHelping ? <HelpText help={help} /> : null}
      <ActiveContext value={!isHelping}>
        <Box flexDirection="column" flexGrow={1} display={isHelping ? 'none' : 'flex'}>
          {children}
        </Box>
      </ActiveContext>
    </Frame>
  );
};
