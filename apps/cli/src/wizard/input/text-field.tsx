import { useRef } from 'react';
import { Text, useInput } from '../../ink.js';
import { useIsActive } from '../layout/screen.js';
import { type EditedLine, editLine, type LineEdit } from './line-editor.js';

/** What a key does to the line; nothing for keys that are not for editing. */
const editOf = (input: string, key: Parameters<Parameters<typeof useInput>[0]>[1]): LineEdit | null => {
  if (key.leftArrow) return { kind: 'left' };
  if (key.rightArrow) return { kind: 'right' };
  if (key.home || (key.ctrl && input === 'a')) return { kind: 'home' };
  if (key.end || (key.ctrl && input === 'e')) return { kind: 'end' };
  // Terminals send for the backspace key what Ink calls delete.
  if (key.backspace || key.delete) return { kind: key.meta ? 'delete-word' : 'backspace' };
  if (key.ctrl && input === 'w') return { kind: 'delete-word' };
  if (key.ctrl && input === 'u') return { kind: 'clear' };
  if (key.ctrl || key.meta || key.escape || key.return || key.tab || key.upArrow || key.downArrow)
    return null;
  const text = input.replace(/\r?\n$/, '').replace(/\p{Cc}/gu, ' ');
  return text === '' ? null : { kind: 'insert', text };
};

/** A line to type into. What was pasted comes as one edit. */
export const TextField = ({
  line,
  placeholder = '',
  isActive = true,
  onChange,
  onEnter,
}: {
  readonly line: EditedLine;
  readonly placeholder?: string;
  readonly isActive?: boolean;
  readonly onChange: (line: EditedLine) => void;
  readonly onEnter?: (line: EditedLine) => void;
}) => {
  // Keys that arrive together are applied before the screen is drawn again.
  const isScreenActive = useIsActive();
  const latest = useRef(line);
  latest.current = line;
  useInput(
    (input, key) => {
      if (key.return) {
        onEnter?.(latest.current);
        return;
      }
      const edit = editOf(input, key);
      if (edit === null) return;
      latest.current = editLine(latest.current, edit);
      onChange(latest.current);
    },
    { isActive: isActive && isScreenActive },
  );
  const { graphemes, cursor } = line;
  if (graphemes.length === 0) {
    return (
      <Text wrap="truncate">
        <Text inverse>{placeholder.slice(0, 1) || ' '}</Text>
        <Text dimColor>{placeholder.slice(1)}</Text>
      </Text>
    );
  }
  return (
    <Text wrap="wrap">
      {graphemes.slice(0, cursor).join('')}
      <Text inverse>{graphemes[cursor] ?? ' '}</Text>
      {graphemes.slice(cursor + 1).join('')}
    </Text>
  );
};
