import { useRef, useState } from 'react';
import stringWidth from 'string-width';
import { Box, Text, useInput } from '../../ink.js';
import { useIsActive } from '../layout/screen.js';
import { visibleWindow } from './visible-window.js';

/** Something to choose. */
export interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
  /** Beside the label. */
  readonly detail?: string;
}

/** Lists longer than this are searched by typing. */
const longList = 8;

const matches = ({ label, detail = '' }: Choice<unknown>, search: string): boolean => {
  const text = `${label} ${detail}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};

const isTyped = (input: string, key: { ctrl: boolean; meta: boolean }): boolean =>
  input !== '' && !key.ctrl && !key.meta && !/\p{Cc}/u.test(input);

/**
 * Choices, one a line: arrows move, Enter takes. Long lists are searched by typing; `?` stays free for help while nothing
 * is typed. Only so many rows are shown as there is room for.
 */
export const ChoiceList = <Value,>({
  choices,
  start = 0,
  rows,
  isActive = true,
  onMove,
  onChoose,
}: {
  readonly choices: readonly Choice<Value>[];
  /** The index of the one that Enter takes unless the person moves. */
  readonly start?: number;
  readonly rows: number;
  readonly isActive?: boolean;
  readonly onMove?: (value: Value) => void;
  readonly onChoose: (value: Value) => void;
}) => {
  const isScreenActive = useIsActive();
  const [search, setSearch] = useState('');
  const [index, setIndex] = useState(start);
  const first = useRef(0);
  const isLong = choices.length > longList;
  const found = search === '' ? choices : choices.filter((choice) => matches(choice, search));
  const chosen = Math.max(0, Math.min(index, found.length - 1));
  // What the keys act on: more than one may arrive before the screen is drawn again.
  const now = useRef({ chosen, found });
  now.current = { chosen, found };

  const moveTo = (target: number): void => {
    const { found: list } = now.current;
    const next = Math.max(0, Math.min(list.length - 1, target));
    now.current = { ...now.current, chosen: next };
    setIndex(next);
    const choice = list[next];
    if (choice) onMove?.(choice.value);
  };
  const searchFor = (text: string): void => {
    const list = text === '' ? choices : choices.filter((choice) => matches(choice, text));
    now.current = { chosen: 0, found: list };
    setSearch(text);
    setIndex(0);
    const [choice] = list;
    if (choice) onMove?.(choice.value);
  };

  useInput(
    (input, key) => {
      const { chosen: at, found: list } = now.current;
      if (key.downArrow) moveTo(at === list.length - 1 ? 0 : at + 1);
      else if (key.upArrow) moveTo(at === 0 ? list.length - 1 : at - 1);
      else if (key.pageDown) moveTo(at + rows);
      else if (key.pageUp) moveTo(at - rows);
      else if (key.home) moveTo(0);
      else if (key.end) moveTo(list.length - 1);
      else if (key.return) {
        const choice = list[at];
        if (choice) onChoose(choice.value);
      } else if (isLong && (key.backspace || key.delete)) searchFor(search.slice(0, -1));
      else if (isLong && isTyped(input, key) && !(input === '?' && search === '')) searchFor(search + input);
    },
    { isActive: isActive && isScreenActive },
  );

  const room = Math.max(1, isLong ? rows - 1 : rows);
  first.current = visibleWindow({ first: first.current, chosen }, { count: found.length, rows: room });
  const shown = found.slice(first.current, first.current + room);
  const width = Math.max(0, ...choices.map(({ label }) => stringWidth(label)));
  return (
    <Box flexDirection="column">
      {shown.map((choice, offset) => {
        const isChosen = first.current + offset === chosen;
        const space = ' '.repeat(width - stringWidth(choice.label));
        return (
          <Text key={`${first.current + offset} ${choice.label}`} wrap="truncate">
            <Text color="green">{isChosen ? '❯ ' : '  '}</Text>
            <Text bold={isChosen}>{choice.label}</Text>
            {choice.detail ? (
              <Text dimColor>
                {space}
                {'   '}
                {choice.detail}
              </Text>
            ) : null}
          </Text>
        );
      })}
      {found.length === 0 ? (
        <Text color="yellow">Nothing is called {search}. Backspace goes back.</Text>
      ) : null}
      {isLong ? (
        <Text dimColor wrap="truncate">
          {search === '' ? 'type to search' : `search: ${search}`}
          {found.length > room ? `   ${chosen + 1} of ${found.length}` : ''}
        </Text>
      ) : null}
    </Box>
  );
};
