import { Box, Text } from '../../ink.js';

/** An answer that was given, beside what it is to. */
export const AnswerLine = ({ term, text }: { readonly term: string; readonly text: string }) => (
  <Box flexShrink={0}>
    <Box width={12} flexShrink={0}>
      <Text dimColor>{term}</Text>
    </Box>
    <Text>{text}</Text>
  </Box>
);
