import { Box, Text, useInput } from '../../ink.js';
import { useIsActive } from '../layout/screen.js';
import { commonStart } from './complete-path.js';
import { type EditedLine, editedLine, lineText } from './line-editor.js';
import { TextField } from './text-field.js';

/** A line for a path: Tab completes it, ↑ and ↓ go through those named before, Enter takes it. */
export const PathField = ({
  line,
  candidates,
  recent = [],
  placeholder,
  onChange,
  onTake,
}: {
  readonly line: EditedLine;
  /** What Tab completes to. */
  readonly candidates: readonly string[];
  /** Paths that were named before, the latest first. */
  readonly recent?: readonly string[];
  readonly placeholder: string;
  readonly onChange: (line: EditedLine) => void;
  readonly onTake: (line: EditedLine) => void;
}) => {
  const recall = (step: number): void => {
    const at = recent.indexOf(lineText(line)) + step;
    if (recent.length > 0 && at < recent.length) onChange(editedLine(recent[at] ?? ''));
  };
  useInput(
    (_input, key) => {
      if (key.tab && candidates.length > 0) onChange(editedLine(commonStart(candidates)));
      else if (key.upArrow || key.downArrow) recall(key.upArrow ? 1 : -1);
    },
    { isActive: useIsActive() },
  );
  return (
    <Box flexShrink={0}>
      <Text color="magenta">❯ </Text>
      <TextField line={line} placeholder={placeholder} onChange={onChange} onEnter={onTake} />
    </Box>
  );
};
