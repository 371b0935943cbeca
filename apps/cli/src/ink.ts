/**
 * All that is used of Ink. The build makes one file of it and what it imports: a thousand small files take longer to read
 * than the wizard may take to open.
 */
export { Box, type Key, render, Text, useApp, useInput, useIsScreenReaderEnabled, useStdout } from 'ink';
