import { Box, Text, useInput } from '../../ink.js';
import { useIsActive } from '../layout/screen.js';
import { commonStart } from './complete-path.js';
import { type EditedLine, editedLine } from './line-editor.js';
import { TextField } from './text-field.js';

/** A line for a path: Tab completes it, Enter takes it. */
export const PathField = ({
  line,
  candidates,
  placeholder,
  onChange,
  onTake,
}: {
  readonly line: EditedLine;
  /** What Tab completes to. */
  readonly candidates: readonly string[];
  readonly placeholder: string;
  readonly onChange: (line: EditedLine) => void;
  readonly onTake: (line: EditedLine) => void;
}) => {
  useInput(
    (_input, key) => {
      if (key.tab && candidates.length > 0) onChange(editedLine(commonStart(candidates)));
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
