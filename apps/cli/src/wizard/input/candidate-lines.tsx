import { Box, Text } from '../../ink.js';

/** What Tab can complete a path to, as many as there is room for. */
export const CandidateLines = ({
  candidates,
  rows,
}: {
  readonly candidates: readonly string[];
  readonly rows: number;
}) => (
  <Box flexDirection="column">
    {candidates.slice(0, rows).map((candidate) => (
      <Text key={candidate} dimColor wrap="truncate">
        {candidate}
      </Text>
    ))}
  </Box>
);
