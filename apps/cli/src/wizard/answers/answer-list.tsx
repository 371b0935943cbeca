import { Box, Text } from '../../ink.js';
import { answerLines } from './answer-lines.js';
import type { Answered } from './use-answers.js';

/** Answers below each other, newest last; the chosen one is always in sight. */
export const AnswerList = ({
  answered,
  chosen,
  rows,
}: {
  readonly answered: readonly Answered[];
  readonly chosen: number;
  readonly rows: number;
}) => {
  const blocks = answered.map(answerLines);
  const before = blocks.slice(0, chosen + 1).reduce((sum, block) => sum + block.length, 0);
  const end = Math.max(before, rows);
  const lines = blocks.flatMap((block, at) =>
    block.map((text, index) => ({ text, isFile: index === 0, isChosen: at === chosen })),
  );
  return (
    <Box flexDirection="column">
      {lines
        .slice(Math.max(0, Math.min(end, lines.length) - rows), end)
        .map(({ text, isFile, isChosen }, index) => (
          <Text key={index} wrap={isFile ? 'truncate-middle' : 'truncate'} bold={isFile && isChosen}>
            <Text color="green">{isFile && isChosen ? '❯ ' : '  '}</Text>
            {text}
          </Text>
        ))}
    </Box>
  );
};
