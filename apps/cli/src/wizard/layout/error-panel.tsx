import { RegraftError } from '@regraft/errors';
import { Box, Text } from '../../ink.js';

/** What went wrong and what to do, as the commands say it. */
export const ErrorPanel = ({ error }: { readonly error: unknown }) => {
  const known = RegraftError.isInstance(error) ? error : null;
  const message = known?.message ?? (error instanceof Error ? error.message : String(error));
  return (
    <Box borderStyle="round" borderColor="red" flexDirection="column" paddingX={1} flexShrink={0}>
      <Text>
        <Text color="red">✖</Text> {message}
      </Text>
      {known?.hint ? <Text dimColor>{known.hint}</Text> : null}
    </Box>
  );
};
