import type { RunView } from '@regraft/studio';
import { Box, Text } from '../ink.js';
import { renderGraftStrip } from './graft-strip.js';
import { PhaseLines } from './phase-lines.js';

/** The live screen of a run: a line a phase, notes, and what the keys do. */
export const RunScreen = ({ title, view, note }: { title: string; view: RunView; note: string }) => (
  <Box flexDirection="column">
    <Text> {title}</Text>
    {view.grafted && view.scanned
      ? renderGraftStrip(view.grafted.blocks, view.scanned.labels.length)
          .slice(0, 2)
          .map((line) => (
            <Text key={line} wrap="truncate">
              {line}
            </Text>
          ))
      : null}
    <Text> </Text>
    <PhaseLines view={view} />
    {view.warnings.map((warning) => (
      <Text key={warning} color="yellow">
        {'  ! '}
        {warning}
      </Text>
    ))}
    <Text dimColor> {note}</Text>
  </Box>
);
